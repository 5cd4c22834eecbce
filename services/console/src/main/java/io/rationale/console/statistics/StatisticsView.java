package io.rationale.console.statistics;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.json.Json;
import io.rationale.core.statistics.CategoryCount;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * All counts, in memory: the whole category-statistics topic, read by a thread of its own from the beginning and kept up
 * to date. Every replica holds all of it. Memory grows with the number of different keys. Thread safe.
 */
public final class StatisticsView implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StatisticsView.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final String topic;
    private final Map<String, CategoryCount> counts = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Consumer<byte[], byte[]> consumer;
    private volatile boolean loaded;
    private volatile long revision;
    private Thread thread;

    public StatisticsView(KafkaClients clients, String topic) {
        this.clients = clients;
        this.topic = topic;
    }

    /** Begins to read. */
    public void start() {
        thread = Thread.ofPlatform().name("statistics-view").daemon().start(this::run);
    }

    /** Whether everything that was in the topic at the start has been read: before, counts are too low. */
    public boolean loaded() {
        return loaded;
    }

    /** Grows with each change of the counts. */
    public long revision() {
        return revision;
    }

    /** The offset after the last one read there, 0 before any. */
    public long position(TopicPartition partition) {
        return positions.getOrDefault(partition, 0L);
    }

    /** The counts under that version, in no order. */
    public List<CategoryCount> counts(TaxonomyRef taxonomy) {
        synchronized (counts) {
            return counts.values().stream()
                    .filter(count -> count.taxonomy().equals(taxonomy))
                    .toList();
        }
    }

    /**
     * Has the listener called with the new revision after each change, on the view's thread: it must not block.
     *
     * @return ends it
     */
    public Runnable onChange(LongConsumer listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void run() {
        while (closed.getCount() > 0) {
            try (Consumer<byte[], byte[]> reader = clients.reader("console-statistics-view", 5_000)) {
                consumer = reader;
                read(reader);
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf(e, "Reading the statistics failed and starts again; topic=%s", topic);
                pause();
            }
        }
    }

    private void read(Consumer<byte[], byte[]> reader) {
        List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(topic, p.partition()))
                .toList();
        if (partitions.isEmpty()) {
            pause();
            return;
        }
        clear();
        reader.assign(partitions);
        reader.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
        while (closed.getCount() > 0) {
            apply(reader.poll(POLL));
            partitions.forEach(p -> positions.put(p, reader.position(p)));
            loaded = loaded || partitions.stream().allMatch(p -> position(p) >= ends.get(p));
        }
    }

    private void clear() {
        synchronized (counts) {
            counts.clear();
        }
        positions.clear();
    }

    private void apply(ConsumerRecords<byte[], byte[]> records) {
        if (records.isEmpty()) {
            return;
        }
        synchronized (counts) {
            records.forEach(this::apply);
        }
        revision++;
        listeners.forEach(listener -> listener.accept(revision));
    }

    private void apply(ConsumerRecord<byte[], byte[]> changed) {
        String key = new String(changed.key(), StandardCharsets.UTF_8);
        if (changed.value() == null) {
            counts.remove(key);
            return;
        }
        try {
            counts.put(key, Json.read(changed.value(), CategoryCount.class));
        } catch (UncheckedIOException e) {
            LOG.warnf("Skipped a count that cannot be read; topic=%s offset=%d", topic, changed.offset());
        }
    }

    private void pause() {
        try {
            closed.await(PAUSE_AFTER_FAULT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
