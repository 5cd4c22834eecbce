package io.rationale.core.schema;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.alert.Alert;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.Exchange;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.discovery.DiscoveryRequest;
import io.rationale.core.intake.IntakeRequest;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.reclassification.ReclassificationJob;
import io.rationale.core.reclassification.ReclassificationRequest;
import io.rationale.core.remedy.Remedy;
import io.rationale.core.seal.ChainEvent;
import io.rationale.core.statistics.CategoryCount;
import io.rationale.core.status.ClassifierStatus;
import io.rationale.core.taxonomy.Taxonomy;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A schema with the Java type behind it.
 *
 * @param schema the schema's name
 * @param read   reads JSON as the services do
 * @param write  writes JSON as the services do
 * @param random makes one with random content
 */
record EventType<T>(
        String schema, Function<byte[], T> read, Function<T, byte[]> write, Function<RandomRecords, T> random) {
    static final List<EventType<?>> ALL = List.of(
            new EventType<Note>("note.v1", EventType::note, Json::bytes, RandomRecords::note),
            new EventType<>("audit-event.v1", reader(AuditEvent.class), Json::bytes, RandomRecords::auditEvent),
            new EventType<>("audit-chain.v1", reader(ChainEvent.class), Json::bytes, RandomRecords::chainEvent),
            new EventType<>("exchange.v1", reader(Exchange.class), Json::bytes, RandomRecords::exchange),
            new EventType<>("taxonomy.v1", reader(Taxonomy.class), Json::bytes, RandomRecords::taxonomy),
            new EventType<>(
                    "category-statistics.v1", reader(CategoryCount.class), Json::bytes, RandomRecords::categoryCount),
            new EventType<>("alert.v1", reader(Alert.class), Json::bytes, RandomRecords::alert),
            new EventType<>(
                    "classifier-status.v1",
                    reader(ClassifierStatus.class),
                    Json::bytes,
                    RandomRecords::classifierStatus),
            new EventType<>(
                    "intake-request.v1", reader(IntakeRequest.class), Json::bytes, RandomRecords::intakeRequest),
            new EventType<>(
                    "discovery-request.v1",
                    reader(DiscoveryRequest.class),
                    Json::bytes,
                    RandomRecords::discoveryRequest),
            new EventType<>("discovery.v1", reader(DiscoveryEvent.class), Json::bytes, RandomRecords::discoveryEvent),
            new EventType<>("remedy.v1", reader(Remedy.class), Json::bytes, RandomRecords::remedy),
            new EventType<>(
                    "reclassification-request.v1",
                    reader(ReclassificationRequest.class),
                    Json::bytes,
                    RandomRecords::reclassificationRequest),
            new EventType<>(
                    "reclassification.v1",
                    reader(ReclassificationJob.class),
                    Json::bytes,
                    RandomRecords::reclassificationJob),
            new EventType<DeadLetter>(
                    "dead-letter-headers.v1",
                    EventType::deadLetterOfHeaders,
                    letter -> Json.bytes(letter.headers()),
                    RandomRecords::emptyDeadLetter),
            new EventType<DeadLetter>(
                    "dead-letter.v1", DeadLetterLine::read, DeadLetterLine::write, RandomRecords::deadLetter));

    static EventType<?> of(String schema) {
        return ALL.stream()
                .filter(type -> type.schema.equals(schema))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Java type is held against the schema " + schema));
    }

    /** Reads and writes again. */
    JsonNode rewrite(JsonNode json) {
        return Json.tree(write.apply(read.apply(Json.bytes(json))));
    }

    /** A random value. */
    T next(RandomRecords records) {
        return random.apply(records);
    }

    @Override
    public String toString() {
        return schema;
    }

    private static <T> Function<byte[], T> reader(Class<T> type) {
        return json -> Json.read(json, type);
    }

    private static Note note(byte[] json) {
        return switch (NoteDecoder.DEFAULT.decode(Bytes.of(json), Defaults.NOTE_ID, Defaults.NOTE_SOURCE)) {
            case NoteDecoder.Result.Accepted accepted -> accepted.note();
            case NoteDecoder.Result.Rejected rejected -> throw new AssertionError(rejected);
        };
    }

    private static DeadLetter deadLetterOfHeaders(byte[] json) {
        return DeadLetter.of("key", Bytes.empty(), Json.read(json, new TypeReference<Map<String, String>>() {}));
    }
}
