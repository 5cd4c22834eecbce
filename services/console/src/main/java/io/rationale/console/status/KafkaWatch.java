package io.rationale.console.status;

import io.rationale.console.kafka.BareOffsets;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/**
 * Asks Kafka every few seconds how far its topics and the counting are, so that whoever wants to know need not wait for
 * Kafka, least of all while it is away. Thread safe.
 */
public final class KafkaWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final int PATIENCE_MILLIS = 3_000;

    private final KafkaClients clients;
    private final Topics topics;
    private final String applicationId;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Reachability reachability;
    private volatile Optional<Figures> figures = Optional.empty();
    private Map<TopicPartition, Long> endsBefore = Map.of();
    private Map<TopicPartition, Long> behindBefore = Map.of();
    private boolean wasBare;

    /** Whether Kafka answers, and since when that is so. */
    public record Reachability(boolean reachable, Instant since) {}

    /**
     * What Kafka said last.
     *
     * @param auditEnds by partition, the offset after what was written
     * @param countLag  offsets of the audit that are not counted; markers of transactions are not waited for
     * @param notes     offsets of the notes
     */
    public record Figures(Map<TopicPartition, Long> auditEnds, long countLag, long notes) {
        public Figures {
            auditEnds = Map.copyOf(auditEnds);
        }

        /** Offsets of the audit. */
        public long audit() {
            return sum(auditEnds);
        }
    }

    /** @param applicationId of the Streams application, which is also its group */
    public KafkaWatch(KafkaClients clients, Topics topics, String applicationId, InstantSource clock) {
        this.clients = clients;
        this.topics = topics;
        this.applicationId = applicationId;
        this.clock = clock;
        this.reachability = new Reachability(false, clock.instant());
        this.thread = Thread.ofPlatform().name("kafka-watch").daemon().unstarted(this::run);
    }

    /** Begins to ask. */
    public void start() {
        thread.start();
    }

    /** Whether Kafka answered the last time. */
    public Reachability reachability() {
        return reachability;
    }

    /** What Kafka said last; nothing before it ever answered. */
    public Optional<Figures> figures() {
        return figures;
    }

    private void run() {
        try (Admin admin = clients.admin()) {
            do {
                ask(admin);
            } while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Admin admin) throws InterruptedException {
        try {
            Map<String, List<TopicPartition>> partitions = partitions(admin);
            Map<TopicPartition, Long> audit = ends(admin, partitions.getOrDefault(topics.audit(), List.of()));
            Map<TopicPartition, Long> notes = ends(admin, partitions.getOrDefault(topics.notes(), List.of()));
            figures = Optional.of(new Figures(audit, countLag(admin, audit), sum(notes)));
            turn(true);
        } catch (ExecutionException | RuntimeException e) {
            LOG.debug("Kafka does not answer", e);
            turn(false);
        }
    }

    private void turn(boolean reachable) {
        if (reachability.reachable() != reachable) {
            reachability = new Reachability(reachable, clock.instant());
        }
    }

    /** Those of the topics that exist. */
    private Map<String, List<TopicPartition>> partitions(Admin admin) throws ExecutionException, InterruptedException {
        Map<String, List<TopicPartition>> found = new HashMap<>();
        Map<String, KafkaFuture<TopicDescription>> asked = admin.describeTopics(
                        List.of(topics.audit(), topics.notes()), new DescribeTopicsOptions().timeoutMs(PATIENCE_MILLIS))
                .topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : asked.entrySet()) {
            try {
                found.put(
                        topic.getKey(),
                        topic.getValue().get().partitions().stream()
                                .map(p -> new TopicPartition(topic.getKey(), p.partition()))
                                .toList());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return found;
    }

    private static Map<TopicPartition, Long> ends(Admin admin, Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest, new ListOffsetsOptions().timeoutMs(PATIENCE_MILLIS))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private long countLag(Admin admin, Map<TopicPartition, Long> ends) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> behind = behind(committed(admin), ends);
        boolean stands = behind.equals(behindBefore) && ends.equals(endsBefore);
        // What stands still may be done: Streams commits no offset behind the marker of a transaction.
        wasBare = !behind.isEmpty() && stands && (wasBare || BareOffsets.between(clients, behind, ends));
        behindBefore = behind;
        endsBefore = ends;
        return wasBare
                ? 0
                : behind.entrySet().stream()
                        .mapToLong(each -> ends.get(each.getKey()) - each.getValue())
                        .sum();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(Admin admin)
            throws ExecutionException, InterruptedException {
        try {
            return admin.listConsumerGroupOffsets(
                            applicationId, new ListConsumerGroupOffsetsOptions().timeoutMs(PATIENCE_MILLIS))
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw e;
        }
    }

    /** Partitions that are not read to their end, with the offset that is next. */
    private static Map<TopicPartition, Long> behind(
            Map<TopicPartition, OffsetAndMetadata> committed, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> behind = new HashMap<>();
        ends.forEach((partition, end) -> {
            OffsetAndMetadata at = committed.get(partition);
            long offset = at == null ? 0 : at.offset();
            if (offset < end) {
                behind.put(partition, offset);
            }
        });
        return behind;
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
