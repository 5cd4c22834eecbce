package io.rationale.console.notes;

import io.rationale.console.kafka.KafkaClients;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic from its end, or from where an earlier scan ended, towards its beginning, committed records only: of the
 * records that are next in their partitions, the one with the largest time stamp. Holds what is made of a stretch of each
 * partition and no records. Used by one thread.
 *
 * @param <T> what is made of a record
 */
final class BackwardScan<T> implements AutoCloseable {
    private static final long SHORTEST_STRETCH = 100;
    private static final long LONGEST_STRETCH = 3_200;

    private final TopicRanges ranges;
    private final Function<ConsumerRecord<byte[], byte[]>, Optional<T>> mapping;
    private final Map<TopicPartition, Back> partitions = new HashMap<>();
    private long budget;

    /** A record that passed, and where. */
    private record Found<T>(long offset, long timestamp, T value) {}

    /** How far a partition is read back. */
    private final class Back {
        private final Deque<Found<T>> found = new ArrayDeque<>();
        private final long beginning;
        private long read;
        private long stretch = SHORTEST_STRETCH;

        Back(long beginning, long read) {
            this.beginning = beginning;
            this.read = read;
        }

        boolean isAtBeginning() {
            return read <= beginning;
        }

        long position() {
            return found.isEmpty() ? read : found.getFirst().offset() + 1;
        }
    }

    /**
     * @param upTo    by partition the offset before which to begin; where there is none, at the end
     * @param mapping what is kept of a record; nothing for one that does not count
     * @param budget  offsets that are looked at before the scan ends early
     */
    BackwardScan(
            KafkaClients clients,
            String topic,
            Map<Integer, Long> upTo,
            Function<ConsumerRecord<byte[], byte[]>, Optional<T>> mapping,
            long budget) {
        this.mapping = mapping;
        this.budget = budget;
        this.ranges = new TopicRanges(clients, topic);
        try {
            Map<TopicPartition, Long> ends = ranges.ends(ranges.partitions());
            ranges.beginnings(ranges.partitions()).forEach((partition, beginning) -> {
                long end = ends.get(partition);
                long from = Math.min(end, upTo.getOrDefault(partition.partition(), end));
                partitions.put(partition, new Back(beginning, from));
            });
        } catch (RuntimeException e) {
            ranges.close();
            throw e;
        }
    }

    /** The next one back; nothing at the beginning, and when the budget is spent. */
    Optional<T> next() {
        partitions.forEach(this::fill);
        return isSpent()
                ? Optional.empty()
                : partitions.values().stream()
                        .filter(back -> !back.found.isEmpty())
                        .max(Comparator.comparingLong(
                                back -> back.found.getFirst().timestamp()))
                        .map(back -> back.found.removeFirst().value());
    }

    /** Whether a partition has something next that nobody has looked at: then the order is not known. */
    private boolean isSpent() {
        return partitions.values().stream().anyMatch(back -> back.found.isEmpty() && !back.isAtBeginning());
    }

    private void fill(TopicPartition partition, Back back) {
        while (back.found.isEmpty() && !back.isAtBeginning() && budget > 0) {
            long from = Math.max(back.beginning, back.read - back.stretch);
            ranges.read(partition, from, back.read, read -> mapping.apply(read)
                    .ifPresent(value -> back.found.addFirst(new Found<>(read.offset(), read.timestamp(), value))));
            budget -= back.read - from;
            back.read = from;
            back.stretch = Math.min(LONGEST_STRETCH, back.stretch * 2);
        }
    }

    /** Whether nothing is left. */
    boolean isAtBeginning() {
        return partitions.values().stream().allMatch(back -> back.found.isEmpty() && back.isAtBeginning());
    }

    /** By partition the offset before which the next scan begins. */
    Map<Integer, Long> positions() {
        Map<Integer, Long> positions = new TreeMap<>();
        partitions.forEach((partition, back) -> positions.put(partition.partition(), back.position()));
        return positions;
    }

    @Override
    public void close() {
        ranges.close();
    }
}
