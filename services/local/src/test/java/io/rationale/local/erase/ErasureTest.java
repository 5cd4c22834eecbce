package io.rationale.local.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import io.rationale.local.command.UsageException;
import io.rationale.local.data.DataDirectory;
import io.rationale.local.verify.log.DirectoryLogs;
import io.rationale.local.verify.log.RecordLogs;
import io.rationale.local.verify.log.StoredRecord;
import io.rationale.topics.NativeCompression;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ErasureTest {
    private static final Topics TOPICS = Topics.DEFAULT;
    private static final String MARK = "zzmark";
    private static final String PERSON = "Quilla Vantongeren";
    /** No word of the erased notes, in whichever case. */
    private static final List<String> MARKS = List.of(MARK, "quilla");

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void fill() throws Exception {
        NativeCompression.load();
        data = Files.createDirectory(folder.resolve("data"));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data.resolve("kafka"), 0)) {
            kafka.createTopics(TOPICS.specs(1));
            try (Producer<String, String> producer = producer(kafka, "first")) {
                producer.initTransactions();
                producer.beginTransaction();
                write(producer);
                producer.commitTransaction();
                // What was aborted stands in the files all the same.
                producer.beginTransaction();
                send(producer, TOPICS.audit(), "a", classified("a", "zzmark aborted", "x-1", false, 1));
                send(producer, TOPICS.exchanges(), "x-8", exchange("x-8", "[\"a\",\"c\"]", "zzmark aborted"));
                send(
                        producer,
                        TOPICS.audit(),
                        "c",
                        classified("c", "A table was missing", "x-8", true, 2)
                                .replace("thought of c", "zzmark aborted"));
                producer.flush();
                producer.abortTransaction();
            }
        }
        Files.createDirectories(data.resolve("search"));
        Files.writeString(data.resolve("search").resolve("_0.cfs"), "zzmark deleted document");
        Files.writeString(data.resolve("rationale.log"), "a note of quilla  VANTONGEREN\nanother line\n");
        Path partition = data.resolve("kafka").resolve("rationale.audit-0");
        Files.writeString(partition.resolve("00000000000000000009.log.deleted"), "zzmark left over");
    }

    private static Producer<String, String> producer(EmbeddedKafka kafka, String id) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "transactional.id",
                        id,
                        "compression.type",
                        "zstd",
                        "linger.ms",
                        "50"),
                new StringSerializer(),
                new StringSerializer());
    }

    /** Note a is to go by its id, b for the person in it; c was asked about together with a, d alone. */
    private static void write(Producer<String, String> producer) throws Exception {
        note(producer, "a", "zzmark the dose table was old");
        note(producer, "b", "As quilla\\n VANTONGEREN wrote, the table was old");
        note(producer, "c", "A table was missing");
        note(producer, "d", "Another table was missing");
        send(producer, TOPICS.exchanges(), "x-1", exchange("x-1", "[\"a\",\"c\"]", "zzmark and c"));
        send(producer, TOPICS.exchanges(), "x-2", exchange("x-2", "[\"b\"]", "Quilla Vantongeren"));
        send(producer, TOPICS.exchanges(), "x-3", exchange("x-3", "[\"d\"]", "nobody"));
        send(producer, TOPICS.audit(), "a", classified("a", "zzmark the dose table was old", "x-1", true, 2));
        send(producer, TOPICS.audit(), "b", classified("b", "As Quilla Vantongeren wrote", "x-2", false, 1));
        send(
                producer,
                TOPICS.audit(),
                "c",
                classified("c", "A table was missing", "x-1", true, 2)
                        .replace("thought of c", "thought of c, and zzmark the dose table was old"));
        send(producer, TOPICS.audit(), "d", classified("d", "Another table was missing", "x-3", true, 1));
        send(producer, TOPICS.audit(), "d", reviewed("d", "Like the case of QUILLA VANTONGEREN."));
        send(producer, TOPICS.audit(), "a", reviewed("a", "because zzmark"));
        producer.send(letter("a", "{\"id\":\"a\",\"text\":\"zzmark"));
        producer.send(letter("k", "broken Quilla Vantongeren"));
        producer.send(letter("o", "broken otherwise"));
        send(producer, TOPICS.reclassificationNotes(), "a", "{\"note\":{\"id\":\"a\",\"text\":\"zzmark\"}}");
        send(
                producer,
                TOPICS.discoveryRequests(),
                "r",
                "{\"id\":\"r\",\"sample\":{\"notes\":[{\"note\":{\"id\":\"a\",\"text\":\"zzmark\"}},"
                        + "{\"note\":{\"id\":\"d\",\"text\":\"Another\"}}]}}");
        send(
                producer,
                TOPICS.discoveries(),
                "r",
                "{\"id\":\"r\",\"result\":{\"taxonomy\":{\"categories\":[{\"id\":\"old\",\"definition\":\"What Quilla"
                        + " Vantongeren found.\",\"examples\":[\"zzmark the dose\",\"Another table\"]}]},"
                        + "\"categories\":[{\"category\":\"old\",\"examples\":[{\"noteId\":\"a\",\"field\":\"text\","
                        + "\"quote\":\"zzmark the dose\",\"start\":0,\"end\":15},{\"noteId\":\"d\",\"field\":\"text\","
                        + "\"quote\":\"Another table\",\"start\":0,\"end\":13}]}]}}");
        send(
                producer,
                TOPICS.taxonomies(),
                "t@2",
                "{\"id\":\"t\",\"version\":2,\"categories\":[{\"id\":\"old\",\"examples\":[\"zzmark the dose\","
                        + "\"Another table\"]}]}");
    }

    private static void note(Producer<String, String> producer, String id, String text) {
        send(
                producer,
                TOPICS.notes(),
                id,
                "{\"id\":\"%s\",\"text\":\"%s\",\"labels\":{\"of\":\"%s\"}}".formatted(id, text, id));
    }

    private static void send(Producer<String, String> producer, String topic, String key, String value) {
        producer.send(new ProducerRecord<>(topic, 0, key, value));
    }

    private static ProducerRecord<String, String> letter(String key, String value) {
        ProducerRecord<String, String> letter = new ProducerRecord<>(TOPICS.deadLetters(), 0, key, value);
        letter.headers().add("reason", "not-json".getBytes(StandardCharsets.UTF_8));
        letter.headers().add("cause", ("of " + value).getBytes(StandardCharsets.UTF_8));
        letter.headers().add("file", "notes.jsonl".getBytes(StandardCharsets.UTF_8));
        letter.headers().add("from", value.getBytes(StandardCharsets.UTF_8));
        return letter;
    }

    private static String exchange(String id, String notes, String words) {
        return ("{\"version\":1,\"id\":\"%s\",\"noteIds\":%s,\"request\":\"{\\\"content\\\":\\\"%s\\\"}\",\"status\":200,"
                        + "\"response\":\"%s\",\"reasoning\":\"%s\",\"content\":\"%s\",\"outcome\":\"complete\","
                        + "\"startedAt\":\"2026-11-22T10:00:00Z\",\"totalMillis\":7}")
                .formatted(id, notes, words, words, words, words);
    }

    private static String classified(String id, String text, String exchange, boolean whole, int batch)
            throws IOException {
        ObjectNode event = (ObjectNode) Json.tree(Files.readAllBytes(
                Path.of("..", "..", "schemas", "examples", "audit-event.v1.classified-minimal.json")));
        event.put("eventId", "e-" + id);
        ObjectNode note = (ObjectNode) event.path("note");
        note.put("id", id).put("text", text).put("source", "desk").put("question", text);
        note.putObject("labels").put("of", text);
        ObjectNode verdict = (ObjectNode) event.path("verdict");
        verdict.put("rationale", "because " + text);
        verdict.putArray("evidence")
                .addObject()
                .put("field", "text")
                .put("quote", text)
                .put("start", 0)
                .put("end", 1);
        ((ObjectNode) verdict.path("provenance")).put("batchSize", batch);
        ObjectNode reasoning = (ObjectNode) verdict.path("reasoning");
        reasoning.put("text", "thought of " + id).put("whole", whole);
        reasoning
                .putObject("exchange")
                .put("id", exchange)
                .put("topic", TOPICS.exchanges())
                .put("partition", 0)
                .put("offset", 0)
                .put("sha256", "0".repeat(64));
        return Json.line(event);
    }

    private static String reviewed(String id, String reason) {
        return ("{\"type\":\"reviewed\",\"version\":1,\"eventId\":\"r-%s\",\"noteId\":\"%s\",\"taxonomy\":{\"id\":\"t\","
                        + "\"version\":1},\"reviewer\":\"Ann\",\"newCategory\":\"other\",\"reason\":\"%s\","
                        + "\"at\":\"2026-11-22T10:00:00Z\"}")
                .formatted(id, id, reason);
    }

    private Erasure.Outcome erase(List<String> notes, List<String> persons) throws Exception {
        return new Erasure(data, line -> {}).run(new Erasure.Wish(notes, persons, "dpo", "request 7"), found -> true);
    }

    @Test
    void shouldLeaveNoWordOfTheNotesAndEveryOtherRecordAsItWas() throws Exception {
        // given
        assertThat(DirectoryBytes.with(data, MARKS)).hasSizeGreaterThan(20);
        Map<String, StoredRecord> before = records();

        // when
        Erasure.Outcome outcome = erase(List.of("a"), List.of("quilla vantongeren"));

        // then
        assertThat(outcome.isDone()).isTrue();
        assertThat(DirectoryBytes.with(data, MARKS)).isEmpty();
        Map<String, StoredRecord> after = records();
        assertThat(after.keySet()).containsAll(before.keySet());
        Map<String, StoredRecord> kept = new HashMap<>(before);
        kept.keySet()
                .removeIf(place ->
                        after.get(place).header(AuditEvent.Erased.HEADER).isPresent());
        assertThat(kept).hasSize(before.size() - 15);
        kept.forEach((place, record) ->
                assertThat(after.get(place).digest()).as(place).isEqualTo(record.digest()));
        assertThat(after.values().stream().map(StoredRecord::timestamp).toList())
                .containsAll(
                        before.values().stream().map(StoredRecord::timestamp).toList());
    }

    @Test
    void shouldKeepWhatCountsNeed() throws Exception {
        // when
        erase(List.of("a"), List.of());

        // then
        AuditEvent.Classified event = (AuditEvent.Classified) event("rationale.audit-0@0");
        assertThat(event.note().text()).isEqualTo("[erased]");
        assertThat(event.note().source()).isEqualTo("desk");
        assertThat(event.note().labels()).isEmpty();
        assertThat(event.verdict().evidence()).isEmpty();
        assertThat(event.verdict().reasoning().exchange().id()).isEqualTo("x-1");
        AuditEvent.Classified other = (AuditEvent.Classified) event("rationale.audit-0@2");
        assertThat(other.note().text()).isEqualTo("A table was missing");
        assertThat(other.verdict().evidence()).hasSize(1);
        assertThat(other.verdict().reasoning().text())
                .as("its thoughts were about the erased note, too")
                .isEqualTo("[erased]");
        StoredRecord note = records().get("rationale.notes-0@0");
        assertThat(note.value()).as("a tombstone").isNull();
        assertThat(note.key()).isEqualTo("a");
    }

    @Test
    void shouldRecordItWithoutWhatWasLookedFor() throws Exception {
        // when
        erase(List.of("a"), List.of("Quilla Vantongeren"));

        // then
        List<AuditEvent.Erased> recorded = records().entrySet().stream()
                .filter(each -> each.getKey().startsWith("rationale.audit-0"))
                .map(each -> Json.read(each.getValue().value(), AuditEvent.class))
                .filter(AuditEvent.Erased.class::isInstance)
                .map(AuditEvent.Erased.class::cast)
                .toList();
        assertThat(recorded).extracting(AuditEvent.Erased::noteId).containsExactlyInAnyOrder("a", "b");
        assertThat(recorded).allSatisfy(each -> {
            assertThat(each.by()).isEqualTo("dpo");
            assertThat(each.reason()).isEqualTo("request 7");
            assertThat(each.notes()).isEqualTo(2);
            assertThat(each.records()).isEqualTo(15);
        });
    }

    @Test
    void shouldFindNothingMoreTheSecondTime() throws Exception {
        // given
        erase(List.of("a"), List.of(PERSON));
        Map<String, StoredRecord> before = records();

        // when
        Erasure.Outcome again = erase(List.of("a"), List.of(PERSON));

        // then
        assertThat(again.lines()).contains("Nothing to erase was found.");
        assertThat(records().keySet()).isEqualTo(before.keySet());
    }

    @Test
    void shouldGoOnWhereAnInterruptedErasureWas() throws Exception {
        // given: nothing is rewritten when the process ends behind the first partition
        assertThatThrownBy(() -> new Erasure(data, line -> {
                            if (line.startsWith("Rewrote")) {
                                throw new IllegalStateException("killed");
                            }
                        })
                        .run(new Erasure.Wish(List.of("a"), List.of(PERSON), "dpo", null), found -> true))
                .hasMessage("killed");
        assertThat(DirectoryBytes.with(data, MARKS)).isNotEmpty();
        assertThat(new Erasure(data, line -> {}).isInterrupted()).isTrue();

        // when
        Erasure.Outcome outcome = erase(List.of(), List.of());

        // then
        assertThat(outcome.isDone()).isTrue();
        assertThat(outcome.lines()).singleElement().asString().contains("that was interrupted is finished");
        assertThat(DirectoryBytes.with(data, MARKS)).isEmpty();
        assertThat(events()).filteredOn(AuditEvent.Erased.class::isInstance).hasSize(2);
    }

    @Test
    void shouldGiveANoteAnotherNameWhereItsIdHoldsThePerson() throws Exception {
        // given
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data.resolve("kafka"), 0);
                Producer<String, String> producer = producer(kafka, "second")) {
            producer.initTransactions();
            producer.beginTransaction();
            String id = "quilla vantongeren/1";
            note(producer, id, "plain");
            send(producer, TOPICS.audit(), id, classified(id, "plain", "x-9", false, 1));
            send(producer, TOPICS.audit(), id, reviewed(id, "plain"));
            producer.commitTransaction();
        }

        // when
        erase(List.of(), List.of(PERSON));

        // then
        assertThat(DirectoryBytes.with(data, List.of("quilla"))).isEmpty();
        List<String> names = events().stream()
                .map(AuditEvent::noteId)
                .filter(id -> id.startsWith("erased-"))
                .toList();
        assertThat(names)
                .as("verdict, review and erasure of one note")
                .hasSize(3)
                .containsOnly(names.getFirst());
    }

    @Test
    void shouldEraseInAClusterBrokerByBroker() throws Exception {
        // given
        Path plan = folder.resolve("plan.json");
        Path logs = data.resolve("kafka");
        ClusterErasure erasure = new ClusterErasure(TOPICS, line -> {});
        Files.delete(data.resolve("search").resolve("_0.cfs"));
        Files.delete(data.resolve("rationale.log"));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(logs, 0);
                Producer<String, String> producer = producer(kafka, "second")) {
            Map<String, Object> cluster = Map.of("bootstrap.servers", kafka.bootstrapServers());
            Erasure.Wish wish = new Erasure.Wish(List.of("a"), List.of(PERSON), "dpo", null);

            // when
            Erasure.Outcome recorded = erasure.record(cluster, wish, plan, found -> true);

            // then
            assertThat(recorded.lines()).anyMatch(line -> line.contains("--log-dir"));
            assertThatThrownBy(() -> erasure.rewrite(plan, logs))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("A broker works in");

            // given: somebody reviews the note meanwhile
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, TOPICS.audit(), "a", reviewed("a", "later"));
            producer.commitTransaction();
        }

        // when
        erasure.rewrite(plan, logs);

        // then
        assertThat(DirectoryBytes.with(data, MARKS)).isEmpty();
        assertThat(events())
                .as("what came later is not told of by a notice, and stays")
                .filteredOn(AuditEvent.Reviewed.class::isInstance)
                .extracting(each -> ((AuditEvent.Reviewed) each).reason())
                .contains("later")
                .containsNull();
        assertThat(erasure.rewrite(plan, logs).lines())
                .singleElement()
                .asString()
                .startsWith("Rewrote 0 records");
    }

    @Test
    void shouldChangeNothingWhenItOnlyLooksOrIsNotConfirmed() throws Exception {
        // given
        Erasure erasure = new Erasure(data, line -> {});
        Erasure.Wish wish = new Erasure.Wish(List.of("a", "unknown"), List.of(), "dpo", null);

        // when
        Erasure.Found found = erasure.look(wish);
        Erasure.Outcome outcome = erasure.run(wish, shown -> false);

        // then
        assertThat(found.lines()).anyMatch(line -> line.startsWith("1 notes to erase"));
        assertThat(found.lines()).contains("No note has the id unknown.");
        assertThat(outcome.isDone()).isFalse();
        assertThat(DirectoryBytes.with(data, MARKS)).hasSizeGreaterThan(20);
    }

    @Test
    void shouldRefuseADirectoryInUseAndWordsThatWouldStay() {
        try (DataDirectory used = DataDirectory.open(data)) {
            assertThat(used.path()).isEqualTo(data);
            assertThatThrownBy(() -> erase(List.of("a"), List.of()))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("is in use by another process");
        }
        assertThatThrownBy(() -> new Erasure(data, line -> {})
                        .look(new Erasure.Wish(List.of(), List.of(PERSON), "dpo", "asked by Quilla Vantongeren")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("leave the person's name out");
        assertThatThrownBy(() -> erase(List.of(), List.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Name what to erase");
    }

    private List<AuditEvent> events() {
        return records().entrySet().stream()
                .filter(each -> each.getKey().startsWith("rationale.audit-0"))
                .map(each -> Json.read(each.getValue().value(), AuditEvent.class))
                .toList();
    }

    private AuditEvent event(String place) {
        return Json.read(records().get(place).value(), AuditEvent.class);
    }

    /** All committed records, by their places. */
    private Map<String, StoredRecord> records() {
        Map<String, StoredRecord> all = new TreeMap<>();
        try (RecordLogs logs = new DirectoryLogs(data.resolve("kafka"), (topic, partition, offset, what) -> {
            throw new AssertionError(topic + "-" + partition + "@" + offset + ": " + what);
        })) {
            for (Topics.Spec spec : TOPICS.specs(1)) {
                try (RecordLogs.Cursor cursor = logs.read(spec.name(), 0, 0)) {
                    for (Optional<StoredRecord> each = cursor.next(); each.isPresent(); each = cursor.next()) {
                        all.put(spec.name() + "-0@" + each.get().offset(), each.get());
                    }
                }
            }
        }
        return all;
    }
}
