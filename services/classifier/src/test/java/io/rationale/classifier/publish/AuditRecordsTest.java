package io.rationale.classifier.publish;

import static io.rationale.classifier.Fixtures.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.classifier.FakeModel;
import io.rationale.classifier.Fixtures;
import io.rationale.classifier.classify.OneByOne;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.Envelope;
import io.rationale.classifier.work.ExchangeDraft;
import io.rationale.classifier.work.NoteTask;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.Exchange;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.redaction.RedactionSettings;
import io.rationale.core.redaction.Redactor;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.topic.Topics;
import io.rationale.core.verdict.ExchangePointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class AuditRecordsTest {
    private static final ExchangePointer POINTER = new ExchangePointer("x", "rationale.exchanges", 1, 42, "ab");

    private final AuditRecords records = new AuditRecords(Topics.DEFAULT);

    @Test
    void shouldWriteAVerdictAsACloudEventUnderTheNotesId() throws Exception {
        // given
        Decision decision = decide(FakeModel.answeringAll(), "key-0");

        // when
        ProducerRecord<byte[], byte[]> audit =
                records.audit(decision, draft -> POINTER, SizeLimits.NONE).orElseThrow();

        // then
        assertThat(audit.topic()).isEqualTo("rationale.audit");
        assertThat(audit.partition()).isNull();
        assertThat(text(audit.key())).isEqualTo("note-0");
        assertThat(headers(audit))
                .containsExactlyEntriesOf(ordered(
                        "ce_specversion", "1.0",
                        "ce_id", "rationale.notes-0@0/classified",
                        "ce_source", "/rationale/classifier",
                        "ce_type", "io.rationale.note.classified.v1",
                        "ce_subject", "note-0",
                        "ce_time", "2026-11-22T10:00:00Z",
                        "content-type", "application/json",
                        "ce_taxonomy", Taxonomies.ragFailures().ref().toString()));
        AuditEvent.Classified event = (AuditEvent.Classified) Json.mapper().readValue(audit.value(), AuditEvent.class);
        assertThat(event.verdict().reasoning().exchange()).isEqualTo(POINTER);
        assertThat(event.position().offset()).isZero();
        assertThat(records.deadLetter(decision, SizeLimits.NONE)).isEmpty();
    }

    @Test
    void shouldWriteWhatIsGivenUpToTheAuditAndUnchangedToTheDeadLetters() throws Exception {
        // given
        Decision decision = decide(new FakeModel(texts -> new ModelOutcome.Refused(400, "no")), "original-key");

        // when
        ProducerRecord<byte[], byte[]> audit =
                records.audit(decision, draft -> POINTER, SizeLimits.NONE).orElseThrow();
        ProducerRecord<byte[], byte[]> letter =
                records.deadLetter(decision, SizeLimits.NONE).orElseThrow();

        // then
        AuditEvent.Unclassifiable event =
                (AuditEvent.Unclassifiable) Json.mapper().readValue(audit.value(), AuditEvent.class);
        assertThat(event.reason()).isEqualTo("refused");
        assertThat(event.exchanges()).containsExactly(POINTER);
        assertThat(headers(audit)).containsEntry("ce_type", "io.rationale.note.unclassifiable.v1");
        assertThat(letter.topic()).isEqualTo("rationale.dead-letters");
        assertThat(text(letter.key())).isEqualTo("original-key");
        assertThat(text(letter.value())).isEqualTo("{\"text\":\"a\"}");
        assertThat(headers(letter))
                .containsEntry("reason", "refused")
                .containsEntry("cause", event.cause())
                .containsEntry("topic", "rationale.notes")
                .containsEntry("partition", "0")
                .containsEntry("offset", "0");
    }

    @Test
    void shouldTakePersonalDataOutOfADeadLetterAndOfWhatCameWithIt() throws Exception {
        // given
        AuditRecords discreet = new AuditRecords(Topics.DEFAULT, false, Redactor.of(RedactionSettings.DEFAULT));
        RecordHeaders sent = new RecordHeaders();
        sent.add("from", "john@example.com".getBytes(StandardCharsets.UTF_8));
        Decision decision = new Decision.Rejected(
                Fixtures.partition(),
                0,
                Envelope.of("jane@example.com".getBytes(StandardCharsets.UTF_8), sent),
                new DeadLetter(
                        "rationale.notes-0-0",
                        Bytes.utf8("{\"text\": broken, jane\\u0040example.com"),
                        "not-json",
                        "not valid JSON",
                        null,
                        new DeadLetter.Origin.Topic("rationale.notes", 0, 0)));

        // when
        ProducerRecord<byte[], byte[]> letter =
                discreet.deadLetter(decision, SizeLimits.NONE).orElseThrow();

        // then
        assertThat(text(letter.value())).isEqualTo("{\"text\": broken, [EMAIL-1]");
        assertThat(text(letter.key())).isEqualTo("[EMAIL-1]");
        assertThat(headers(letter)).containsEntry("redacted", "email=1").containsEntry("from", "[EMAIL-1]");
    }

    @Test
    void shouldUseTheNotesIdForADeadLetterWithoutAKey() throws Exception {
        // given
        Decision decision = decide(new FakeModel(texts -> new ModelOutcome.Refused(400, "no")), null);

        // when
        ProducerRecord<byte[], byte[]> letter =
                records.deadLetter(decision, SizeLimits.NONE).orElseThrow();

        // then
        assertThat(text(letter.key())).isEqualTo("note-0");
    }

    @Test
    void shouldKeepTheBytesOfWhatIsNoNote() {
        // given
        byte[] original = {(byte) 0xC3, 0x28, 0, '{'};

        // when
        ProducerRecord<byte[], byte[]> letter =
                records.deadLetter(rejected(original), SizeLimits.NONE).orElseThrow();

        // then
        assertThat(letter.value()).isEqualTo(original);
        assertThat(headers(letter)).containsEntry("reason", "not-json").doesNotContainKey("original-size");
        assertThat(records.audit(rejected(original), draft -> POINTER, SizeLimits.NONE))
                .isEmpty();
    }

    @Test
    void shouldKeepTheKeysBytesAndTheHeadersThatAreNotItsOwn() {
        // given
        byte[] key = {(byte) 0xC3, 0x28};
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", new byte[] {1, (byte) 0xFF}).add("reason", new byte[] {2});
        headers.add("empty", null).add("large", new byte[70_000]).add("late", new byte[1]);
        Decision decision = new Decision.Rejected(
                Fixtures.partition(),
                7,
                Envelope.of(key, headers),
                ((Decision.Rejected) rejected(new byte[9_000])).deadLetter());

        // when
        ProducerRecord<byte[], byte[]> letter =
                records.deadLetter(decision, SizeLimits.NONE).orElseThrow();
        ProducerRecord<byte[], byte[]> cut = records.deadLetter(decision, 2_000).orElseThrow();

        // then
        assertThat(letter.key()).isEqualTo(key);
        assertThat(letter.headers().lastHeader("traceparent").value()).containsExactly(1, 0xFF);
        assertThat(letter.headers().headers("reason")).hasSize(1);
        assertThat(letter.headers().lastHeader("reason").value()).asString().isEqualTo("not-json");
        assertThat(letter.headers().lastHeader("empty").value()).isNull();
        assertThat(letter.headers().lastHeader("large")).isNull();
        assertThat(cut.value()).hasSize(2_000);
        assertThat(cut.headers().lastHeader("traceparent")).isNull();
        assertThat(headers(cut)).containsEntry("original-size", "9000");
    }

    @Test
    void shouldCutADeadLetterThatNoTopicTakesAndSaySo() {
        // given
        byte[] original = new byte[17 * 1024 * 1024];

        // when
        ProducerRecord<byte[], byte[]> letter =
                records.deadLetter(rejected(original), SizeLimits.NONE).orElseThrow();

        // then
        assertThat(letter.value()).hasSize(15 * 1024 * 1024);
        assertThat(headers(letter)).containsEntry("original-size", String.valueOf(original.length));
    }

    @Test
    void shouldWriteAnExchangeUnderItsId() throws Exception {
        // given
        ExchangeDraft draft =
                decide(FakeModel.answeringAll(), "key-0").exchanges().getFirst();
        Exchange exchange = draft.exchange().orElseThrow();

        // when
        ProducerRecord<byte[], byte[]> written = records.exchange(draft, SizeLimits.NONE);

        // then
        assertThat(written.topic()).isEqualTo("rationale.exchanges");
        assertThat(text(written.key())).isEqualTo(exchange.id());
        assertThat(headers(written)).containsEntry("ce_type", "io.rationale.r1.exchanged.v1");
        assertThat(Json.mapper().readValue(written.value(), Exchange.class)).isEqualTo(exchange);
    }

    private static Decision decide(FakeModel model, String key) throws InterruptedException {
        List<Decision> decisions = new ArrayList<>();
        NoteTask task = Fixtures.task(Fixtures.partition(), 0, key, "a");
        new OneByOne(Taxonomies.ragFailures(), model, 3, CLOCK).classify(List.of(task), decisions::add);
        return decisions.getFirst();
    }

    private static Decision rejected(byte[] original) {
        DeadLetter.Origin origin = new DeadLetter.Origin.Topic("rationale.notes", 0, 7);
        return new Decision.Rejected(
                Fixtures.partition(),
                7,
                Envelope.NONE,
                new DeadLetter("key", Bytes.of(original), "not-json", "not valid JSON", null, origin));
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> from) {
        Map<String, String> headers = new LinkedHashMap<>();
        from.headers().forEach(header -> headers.put(header.key(), text(header.value())));
        return headers;
    }

    private static Map<String, String> ordered(String... keysAndValues) {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            ordered.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return ordered;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
