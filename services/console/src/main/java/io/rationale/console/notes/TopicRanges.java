package io.rationale.console.notes;

import io.rationale.console.kafka.KafkaClients;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads ranges of a topic's partitions, committed records only, for somebody who waits. Holds a poll's records in memory
 * and no more. Used by one thread.
 */
final class TopicRanges implements AutoCloseable {
    private static final int RECORDS_A_POLL = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);

    private final String topic;
    private final Consumer<byte[], byte[]> reader;
    private final List<TopicPartition> partitions;

    /** @throws org.apache.kafka.common.KafkaException when Kafka does not answer */
    TopicRanges(KafkaClients clients, String topic) {
        this.topic = topic;
        this.reader = clients.impatient("console-ranges", RECORDS_A_POLL, PATIENCE);
        try {
            this.partitions = reader.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Of the topic; none while it does not exist. */
    List<TopicPartition> partitions() {
        return partitions;
    }

    /** The first offset of each. */
    Map<TopicPartition, Long> beginnings(Collection<TopicPartition> of) {
        return reader.beginningOffsets(of);
    }

    /** The offset after what is committed in each. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> of) {
        return reader.endOffsets(of);
    }

    /**
     * Shows the records from an offset up to another one, which does not belong to them and does not lie beyond the end.
     *
     * @throws TimeoutException when Kafka does not give them
     */
    void read(
            TopicPartition partition,
            long from,
            long to,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        reader.assign(List.of(partition));
        reader.seek(partition, from);
        long last = System.nanoTime();
        while (reader.position(partition) < to) {
            long before = reader.position(partition);
            reader.poll(POLL).forEach(read -> {
                if (read.offset() < to) {
                    visitor.accept(read);
                }
            });
            if (reader.position(partition) != before) {
                last = System.nanoTime();
            } else if (System.nanoTime() - last > PATIENCE.toNanos()) {
                throw new TimeoutException("Kafka does not give the records of " + topic);
            }
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
