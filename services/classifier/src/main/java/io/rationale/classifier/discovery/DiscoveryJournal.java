package io.rationale.classifier.discovery;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes updates with the offset from which a successor has to read, in one transaction: a result is there exactly when
 * its request is done with. A member that is out of its group cannot write. Not thread safe.
 */
final class DiscoveryJournal implements AutoCloseable {
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final DiscoveryRecords records;

    /** @param producers makes a transactional producer */
    DiscoveryJournal(Supplier<Producer<byte[], byte[]>> producers, DiscoveryRecords records) {
        this.producer = producers.get();
        this.records = records;
        producer.initTransactions();
    }

    /**
     * Writes.
     *
     * @param offset of the first request of which something is to come
     * @throws org.apache.kafka.common.KafkaException when it is not written, or that is in doubt: whoever goes on has to
     *                                                read what is there
     */
    void write(List<Update> updates, TopicPartition partition, long offset, ConsumerGroupMetadata group) {
        Map<String, Update> latest = new LinkedHashMap<>();
        producer.beginTransaction();
        for (Update update : updates) {
            update.exchanges().forEach(exchange -> producer.send(records.exchange(exchange)));
            latest.put(update.event().id(), update);
        }
        for (Update update : latest.values()) {
            ProducerRecord<byte[], byte[]> event = records.event(update.event());
            producer.send(event);
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        offsets.put(partition, new OffsetAndMetadata(offset));
        producer.sendOffsetsToTransaction(offsets, group);
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close(GOODBYE);
    }
}
