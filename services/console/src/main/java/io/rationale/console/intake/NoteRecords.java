package io.rationale.console.intake;

import io.rationale.core.audit.CloudEvents;
import io.rationale.core.intake.IntakeRequest;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes the records that the intake writes. Thread safe. */
final class NoteRecords {
    private static final String SOURCE = "/rationale/console";

    private final Topics topics;
    private final InstantSource clock;

    NoteRecords(Topics topics, InstantSource clock) {
        this.topics = topics;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** @param traceparent of the request, or null */
    ProducerRecord<byte[], byte[]> note(Note note, String traceparent) {
        ProducerRecord<byte[], byte[]> made = new ProducerRecord<>(topics.notes(), bytes(note.id()), Json.bytes(note));
        addHeaders(made, CloudEvents.headers(note.id(), SOURCE, "io.rationale.note.observed.v1", note.id(), now()));
        if (traceparent != null) {
            made.headers().add("traceparent", bytes(traceparent));
        }
        return made;
    }

    /** @param key SHA-256 of the idempotency key */
    ProducerRecord<byte[], byte[]> request(String key, int slot, IntakeRequest request) {
        ProducerRecord<byte[], byte[]> made =
                new ProducerRecord<>(topics.intakeRequests(), slot, bytes(key), Json.bytes(request));
        String type = "io.rationale.intake.carried-out.v" + IntakeRequest.SCHEMA_VERSION;
        addHeaders(made, CloudEvents.headers(key, SOURCE, type, key, request.at()));
        return made;
    }

    private static void addHeaders(ProducerRecord<byte[], byte[]> made, Map<String, String> headers) {
        headers.forEach((name, value) -> made.headers().add(name, bytes(value)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
