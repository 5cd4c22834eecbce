package io.rationale.console.statistics;

import io.rationale.console.kafka.BareOffsets;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Knows whether the counts hold everything that the audit holds. Thread safe. */
public final class StatisticsProgress implements AutoCloseable {
    private static final long POLL_MILLIS = 50;
    /** Polls without an advance before the rest of a topic is searched for records. */
    private static final int PATIENCE = 10;

    private final KafkaClients clients;
    private final Admin admin;
    private final StatisticsView view;
    private final Predicate<Map<TopicPartition, Long>> isIndexed;
    private final Topics topics;
    private final String applicationId;

    /**
     * @param isIndexed     whether everything before those offsets of the audit can be searched
     * @param applicationId of the Streams application, which is also its group
     */
    public StatisticsProgress(
            KafkaClients clients,
            StatisticsView view,
            Predicate<Map<TopicPartition, Long>> isIndexed,
            Topics topics,
            String applicationId) {
        this.clients = clients;
        this.admin = clients.admin();
        this.view = view;
        this.isIndexed = isIndexed;
        this.topics = topics;
        this.applicationId = applicationId;
    }

    /**
     * Returns when everything that is in the audit at the call is counted in the view and can be searched. Ends are taken before the consumers' isolation: a transaction whose commit is still being marked in
     * the partitions is waited for.
     *
     * @throws TimeoutException names what was behind
     */
    public void awaitCaughtUp(Duration timeout) throws TimeoutException, InterruptedException {
        Deadline deadline = new Deadline(timeout);
        awaitGroup(topics.audit(), deadline);
        awaitView(deadline);
        awaitIndex(deadline);
    }

    private void awaitGroup(String topic, Deadline deadline) throws TimeoutException, InterruptedException {
        Map<TopicPartition, Long> ends = ends(topic);
        Map<TopicPartition, Long> before = Map.of();
        int standing = 0;
        while (true) {
            Map<TopicPartition, Long> behind = behind(ends);
            standing = behind.equals(before) ? standing + 1 : 0;
            if (behind.isEmpty()
                    || (standing >= PATIENCE
                            && standing % PATIENCE == 0
                            && BareOffsets.between(clients, behind, ends))) {
                return;
            }
            before = behind;
            deadline.pause(() -> "the statistics have read " + behind + " of " + ends);
        }
    }

    /** Partitions whose committed offset is before the end, with that offset. */
    private Map<TopicPartition, Long> behind(Map<TopicPartition, Long> ends) throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata());
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

    private void awaitView(Deadline deadline) throws TimeoutException, InterruptedException {
        Map<TopicPartition, Long> ends = ends(topics.categoryStatistics());
        while (!view.loaded()
                || !ends.entrySet().stream().allMatch(end -> view.position(end.getKey()) >= end.getValue())) {
            deadline.pause(() -> "the view has not read " + ends);
        }
    }

    private void awaitIndex(Deadline deadline) throws TimeoutException, InterruptedException {
        Map<TopicPartition, Long> ends = ends(topics.audit());
        while (!isIndexed.test(ends)) {
            deadline.pause(() -> "the search index has not read " + ends);
        }
    }

    /** Ends of what is written, committed or not yet; nothing for a topic that does not exist. */
    private Map<TopicPartition, Long> ends(String topic) throws InterruptedException {
        Set<TopicPartition> partitions = partitions(topic);
        var latest = partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        get(admin.listOffsets(latest).all()).forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private Set<TopicPartition> partitions(String topic) throws InterruptedException {
        try {
            return admin.describeTopics(Set.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .collect(Collectors.toSet());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Set.of();
            }
            throw new IllegalStateException("Kafka does not answer about " + topic, e.getCause());
        }
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not answer", e.getCause());
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }

    /** When waiting ends. */
    private static final class Deadline {
        private final Duration timeout;
        private final long end;

        Deadline(Duration timeout) {
            this.timeout = timeout;
            this.end = System.nanoTime() + timeout.toNanos();
        }

        void pause(Supplier<String> behind) throws TimeoutException, InterruptedException {
            if (System.nanoTime() - end > 0) {
                throw new TimeoutException("Not caught up after " + timeout.toSeconds() + " s: " + behind.get());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
