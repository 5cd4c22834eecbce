package io.rationale.console;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes as the classifier does: in transactions. */
public final class AuditProducer implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    public AuditProducer(String brokers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "transactional.id", "test-" + UUID.randomUUID()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    public void commit(List<AuditEvent> events) {
        producer.beginTransaction();
        events.forEach(event ->
                producer.send(new ProducerRecord<>("rationale.audit", bytes(event.noteId()), Json.bytes(event))));
        producer.commitTransaction();
    }

    /** @return where it stands */
    public RecordMetadata commit(DeadLetter letter) throws Exception {
        producer.beginTransaction();
        ProducerRecord<byte[], byte[]> dead = new ProducerRecord<>(
                "rationale.dead-letters", bytes(letter.key()), letter.original().toArray());
        letter.headers().forEach((name, value) -> dead.headers().add(name, bytes(value)));
        Future<RecordMetadata> at = producer.send(dead);
        producer.commitTransaction();
        return at.get();
    }

    /** @return where it stands */
    public RecordMetadata commit(String topic, String key, byte[] value) throws Exception {
        producer.beginTransaction();
        Future<RecordMetadata> at = producer.send(new ProducerRecord<>(topic, bytes(key), value));
        producer.commitTransaction();
        return at.get();
    }

    /** Leaves aborted records and a marker behind. */
    public void abort(AuditEvent event) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("rationale.audit", bytes(event.noteId()), Json.bytes(event)));
        producer.flush();
        producer.abortTransaction();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
