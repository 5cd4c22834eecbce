package io.rationale.classifier.discovery;

import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.discovery.StepSummary;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes updates with the offset from which a successor has to read, in one transaction: a result is there exactly when
 * its request is done with. A member that is out of its group cannot write. Not thread safe.
 */
final class DiscoveryJournal implements AutoCloseable {
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final DiscoveryRecords records;
    /** Exchanges of the run in progress, by id. */
    private final Map<String, Future<RecordMetadata>> written = new HashMap<>();

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
            update.exchanges()
                    .forEach(exchange -> written.put(exchange.id(), producer.send(records.exchange(exchange))));
            latest.put(update.event().id(), update);
        }
        if (latest.values().stream().anyMatch(update -> update.event().result() != null)) {
            producer.flush();
        }
        for (Update update : latest.values()) {
            producer.send(records.event(placed(update.event())));
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        offsets.put(partition, new OffsetAndMetadata(offset));
        producer.sendOffsetsToTransaction(offsets, group);
        producer.commitTransaction();
    }

    /** A result says where its exchanges stand, so that they are found without a search. */
    private DiscoveryEvent placed(DiscoveryEvent event) {
        if (event.result() == null) {
            return event;
        }
        List<StepSummary> steps =
                event.result().steps().stream().map(this::placed).toList();
        written.clear();
        return event.with(event.result().with(steps));
    }

    private StepSummary placed(StepSummary step) {
        Future<RecordMetadata> at = written.get(step.exchangeId());
        boolean isWritten = at != null
                && at.state() == Future.State.SUCCESS
                && at.resultNow().hasOffset();
        return isWritten ? step.at(at.resultNow().partition(), at.resultNow().offset()) : step;
    }

    @Override
    public void close() {
        producer.close(GOODBYE);
    }
}
