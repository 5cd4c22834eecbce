package io.rationale.console.search;

import io.rationale.console.kafka.KafkaClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Keeps the index up to date: a thread of its own reads the whole audit, from where the index's last commit ended. What
 * fails is tried again from there. Thread safe.
 */
public final class AuditIndexer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AuditIndexer.class);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);
    private static final int MOST_RECORDS = 2_000;

    private final KafkaClients clients;
    private final String topic;
    private final NoteIndex index;
    private final IndexingRun.Settings settings;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Consumer<byte[], byte[]> consumer;
    private volatile Map<TopicPartition, Long> ends;
    private volatile Map<Integer, Long> searchable = Map.of();
    private volatile boolean loaded;
    private Thread thread;

    /**
     * @param topic  the audit
     * @param maxAge  of a note's latest decision; zero for any
     * @param giveWay whether something more urgent needs the processors: then a backlog waits
     */
    public AuditIndexer(
            KafkaClients clients,
            String topic,
            NoteIndex index,
            Duration maxAge,
            BooleanSupplier giveWay,
            InstantSource clock) {
        this.clients = clients;
        this.topic = topic;
        this.index = index;
        this.settings = new IndexingRun.Settings(topic, maxAge, giveWay);
        this.clock = clock;
    }

    /** Begins to read. */
    public void start() {
        thread = Thread.ofPlatform().name("audit-indexer").daemon().start(this::run);
    }

    /** Whether everything that was in the audit at the start can be searched: before, lists are incomplete. */
    public boolean loaded() {
        return loaded;
    }

    /** How much of what was in the audit at the start can be searched, 0 to 1. */
    public double progress() {
        Map<TopicPartition, Long> wanted = ends;
        if (wanted == null) {
            return 0;
        }
        long all = wanted.values().stream().mapToLong(Long::longValue).sum();
        long read = wanted.entrySet().stream()
                .mapToLong(end -> Math.min(end.getValue(), position(end.getKey())))
                .sum();
        return all == 0 ? 1 : (double) read / all;
    }

    /** The offset after the last record that can be searched, 0 before any. */
    public long position(TopicPartition partition) {
        return searchable.getOrDefault(partition.partition(), 0L);
    }

    /** Whether everything before those offsets can be searched. */
    public boolean hasRead(Map<TopicPartition, Long> offsets) {
        return loaded && offsets.entrySet().stream().allMatch(offset -> position(offset.getKey()) >= offset.getValue());
    }

    private void run() {
        while (closed.getCount() > 0) {
            try (Consumer<byte[], byte[]> reader = clients.reader("console-audit-indexer", MOST_RECORDS)) {
                consumer = reader;
                read(reader);
            } catch (WakeupException | InterruptException e) {
                break;
            } catch (IOException | RuntimeException e) {
                index.failed(e);
                LOG.warnf(e, "Indexing the audit failed and goes on from the last commit; topic=%s", topic);
                pause();
            } catch (InterruptedException e) {
                break;
            }
        }
        closeIndex();
    }

    private void read(Consumer<byte[], byte[]> reader) throws IOException, InterruptedException {
        List<TopicPartition> partitions = partitions(reader);
        if (partitions.isEmpty()) {
            pause();
            return;
        }
        CommitData from = index.open();
        reader.assign(partitions);
        Map<TopicPartition, Long> latest = reader.endOffsets(partitions);
        ends = ends == null ? latest : ends;
        IndexingRun run = new IndexingRun(index, reader, settings, clock, this::publish);
        run.begin(usable(from, latest), topicId());
        try {
            while (closed.getCount() > 0 && partitions(reader).size() == partitions.size()) {
                run.step();
            }
        } catch (WakeupException e) {
            LOG.debugf("The indexer is asked to stop; topic=%s", topic);
        }
        run.commit();
    }

    /** What the index had read, unless that was another topic of the same name. */
    private CommitData usable(CommitData committed, Map<TopicPartition, Long> latest)
            throws IOException, InterruptedException {
        boolean sameTopic = committed.topicId() == null || committed.topicId().equals(topicId());
        boolean within = committed.offsets().entrySet().stream()
                .allMatch(offset ->
                        latest.getOrDefault(new TopicPartition(topic, offset.getKey()), 0L) >= offset.getValue());
        if (sameTopic && within) {
            return committed;
        }
        LOG.infof("The audit is not the one that the search index was built from; it is built anew; topic=%s", topic);
        index.reset();
        return CommitData.NONE;
    }

    private String topicId() throws InterruptedException {
        try (Admin admin = clients.admin()) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .topicId()
                    .toString();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not answer about " + topic, e.getCause());
        }
    }

    private List<TopicPartition> partitions(Consumer<byte[], byte[]> reader) {
        return Optional.ofNullable(reader.partitionsFor(topic)).orElse(List.of()).stream()
                .map(p -> new TopicPartition(topic, p.partition()))
                .toList();
    }

    private void publish(Map<Integer, Long> offsets) {
        searchable = Map.copyOf(offsets);
        Map<TopicPartition, Long> wanted = ends;
        if (!loaded && wanted != null) {
            loaded = wanted.entrySet().stream().allMatch(end -> position(end.getKey()) >= end.getValue());
        }
    }

    private void pause() {
        try {
            closed.await(PAUSE_AFTER_FAULT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeIndex() {
        try {
            index.close();
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf(e, "The search index did not close in order; the next start goes on from its last commit.");
        }
    }

    @Override
    public void close() {
        closed.countDown();
        Consumer<byte[], byte[]> reader = consumer;
        if (reader != null) {
            reader.wakeup();
        }
        try {
            if (thread != null) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
