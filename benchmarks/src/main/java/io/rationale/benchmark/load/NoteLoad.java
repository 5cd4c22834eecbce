package io.rationale.benchmark.load;

import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends notes, each once, however often the broker goes away meanwhile. */
public final class NoteLoad implements AutoCloseable {
    private final String topic;
    private final Consumer<Note> acknowledged;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicLong acknowledgedCount = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** @param acknowledged gets each note when the broker has it */
    public NoteLoad(String bootstrapServers, String topic, Consumer<Note> acknowledged) {
        this.topic = topic;
        this.acknowledged = acknowledged;
        producer = new KafkaProducer<>(properties(bootstrapServers), new StringSerializer(), new ByteArraySerializer());
    }

    public NoteLoad(String bootstrapServers, String topic) {
        this(bootstrapServers, topic, note -> {});
    }

    /** Sends a note to the partition of its id. */
    public void send(Note note) {
        send(new ProducerRecord<>(topic, note.id(), Json.bytes(note)), () -> acknowledged.accept(note));
    }

    /** Sends a note to a partition. */
    public void send(Note note, int partition) {
        send(new ProducerRecord<>(topic, partition, note.id(), Json.bytes(note)), () -> acknowledged.accept(note));
    }

    /** Sends what is no note. */
    public void sendGarbage(String key, Runnable acknowledgedGarbage) {
        byte[] garbage = ("{\"text\": " + key).getBytes(StandardCharsets.UTF_8);
        send(new ProducerRecord<>(topic, key, garbage), acknowledgedGarbage);
    }

    /** Sends notes and waits until the broker has them. */
    public void sendAll(List<Note> notes) {
        notes.forEach(this::send);
        flush();
    }

    /**
     * Waits until the broker has all notes.
     *
     * @throws IllegalStateException when it refused one
     */
    public void flush() {
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("A note was not accepted.", failure.get());
        }
    }

    /** Notes that the broker has. */
    public long acknowledged() {
        return acknowledgedCount.get();
    }

    /** Gives up what the broker does not have yet: who needs all has waited by {@link #flush()}. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    private void send(ProducerRecord<String, byte[]> message, Runnable acknowledgement) {
        producer.send(message, (metadata, e) -> {
            if (e == null) {
                acknowledgement.run();
                acknowledgedCount.incrementAndGet();
            } else {
                failure.compareAndSet(null, e);
            }
        });
    }

    private static Map<String, Object> properties(String bootstrapServers) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("acks", "all");
        properties.put("enable.idempotence", "true");
        properties.put("compression.type", "lz4");
        properties.put("linger.ms", "5");
        properties.put("batch.size", String.valueOf(256 * 1024));
        // Longer than any broker stays away.
        properties.put("delivery.timeout.ms", String.valueOf(30 * 60 * 1000));
        properties.put("max.block.ms", String.valueOf(10 * 60 * 1000));
        return properties;
    }
}
