package io.rationale.console.notes;

import io.rationale.console.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic once from its beginning to its end at the call, committed records only, in one order: of the records
 * that are next in their partitions, the one with the smallest time stamp, then the smallest partition. Holds a poll's
 * records of each partition in memory and no more. Used by one thread.
 */
final class TopicScan implements AutoCloseable {
    private static final int RECORDS_AHEAD = 200;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> reader;
    private final Map<TopicPartition, Queue<ConsumerRecord<byte[], byte[]>>> ahead = new HashMap<>();
    private final Map<TopicPartition, Long> ends;

    TopicScan(KafkaClients clients, String topic) {
        reader = clients.reader("console-scan", RECORDS_AHEAD);
        try {
            List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            partitions.forEach(p -> ahead.put(p, new ArrayDeque<>()));
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            ends = reader.endOffsets(partitions);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Shows every record. */
    void forEach(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        for (TopicPartition next = next(); next != null; next = next()) {
            visitor.accept(ahead.get(next).remove());
        }
    }

    /** The partition whose head is first, after every unfinished partition has one; null at the end. */
    private TopicPartition next() {
        for (Set<TopicPartition> empty = waiting(); !empty.isEmpty(); empty = waiting()) {
            List<TopicPartition> full = new ArrayList<>(ahead.keySet());
            full.removeAll(empty);
            reader.pause(full);
            reader.resume(empty);
            reader.poll(POLL).forEach(this::keep);
        }
        return ahead.entrySet().stream()
                .filter(partition -> !partition.getValue().isEmpty())
                .min(Comparator.<Map.Entry<TopicPartition, Queue<ConsumerRecord<byte[], byte[]>>>>comparingLong(
                                partition -> partition.getValue().element().timestamp())
                        .thenComparingInt(partition -> partition.getKey().partition()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private void keep(ConsumerRecord<byte[], byte[]> read) {
        TopicPartition partition = new TopicPartition(read.topic(), read.partition());
        if (read.offset() < ends.get(partition)) {
            ahead.get(partition).add(read);
        }
    }

    /** Partitions without a record in hand that are not read to their end. */
    private Set<TopicPartition> waiting() {
        return ahead.keySet().stream()
                .filter(partition -> ahead.get(partition).isEmpty())
                .filter(partition -> reader.position(partition) < ends.get(partition))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        reader.close();
    }
}
