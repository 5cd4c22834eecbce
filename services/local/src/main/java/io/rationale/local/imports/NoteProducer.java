package io.rationale.local.imports;

import io.rationale.core.audit.CloudEvents;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes notes and dead letters; waits while the broker is behind. */
final class NoteProducer implements AutoCloseable {
    private static final String SOURCE = "/rationale/local";

    private final KafkaProducer<byte[], byte[]> producer;
    private final Topics topics;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    NoteProducer(String bootstrapServers, Topics topics) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "acks", "all",
                        "linger.ms", "10",
                        "compression.type", "lz4",
                        "max.request.size", String.valueOf(16 * 1024 * 1024),
                        "max.block.ms", "300000"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.topics = topics;
    }

    void send(Note note) {
        send(
                topics.notes(),
                note.id(),
                Json.bytes(note),
                CloudEvents.headers(note.id(), SOURCE, "io.rationale.note.observed.v1", note.id(), Instant.now()));
    }

    void send(DeadLetter letter) {
        send(topics.deadLetters(), letter.key(), letter.original().toArray(), letter.headers());
    }

    /** @throws IllegalStateException when anything could not be written */
    void flush() {
        producer.flush();
        throwFailure();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(String topic, String key, byte[] value, Map<String, String> headers) {
        throwFailure();
        List<Header> kafkaHeaders = headers.entrySet().stream()
                .<Header>map(
                        each -> new RecordHeader(each.getKey(), each.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList();
        producer.send(
                new ProducerRecord<>(topic, null, key.getBytes(StandardCharsets.UTF_8), value, kafkaHeaders),
                (metadata, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(null, exception);
                    }
                });
    }

    private void throwFailure() {
        Exception exception = failure.get();
        if (exception != null) {
            throw new IllegalStateException("a note could not be written to Kafka", exception);
        }
    }
}
