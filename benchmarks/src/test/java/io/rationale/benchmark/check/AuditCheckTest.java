package io.rationale.benchmark.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.benchmark.check.AuditCheck.Findings;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Begins with a run where all is right, and spoils one thing each time. */
class AuditCheckTest {
    private static final String CATEGORY = "missed-document";
    private static final String REASONING = "Okay.\n\nNote n1: the page is there.\n\nDone.";

    private final Topics topics = new Topics("t.");
    private final AuditCheck check = new AuditCheck(topics, note -> CATEGORY);
    private final Note note = Note.of("a", "test", "The 🙂 page was not found.");
    private ObjectNode exchange;
    private ObjectNode event;

    @BeforeEach
    void prepare() {
        exchange = golden("exchange.v1.full");
        exchange.put("reasoning", REASONING);
        event = golden("audit-event.v1.classified-full");
        event.set("note", Json.mapper().valueToTree(note));
        verdict().put("category", CATEGORY);
        verdict()
                .putArray("evidence")
                .addObject()
                .put("field", "text")
                .put("quote", "page")
                .put("start", 6)
                .put("end", 10);
        reasoning().put("text", "Note n1: the page is there.");
        pointer()
                .put("id", "e")
                .put("topic", topics.exchanges())
                .put("partition", 2)
                .put("offset", 5);
        pointer().put("sha256", sha256(Json.bytes(exchange)));
        check.sent(note);
    }

    @Test
    void shouldFindNothingWhereAllIsRight() {
        // when
        publish();

        // then
        assertThat(check.findings().good()).isTrue();
        assertThat(check.findings().decided()).isEqualTo(1);
        assertThat(check.outstanding()).isZero();
    }

    @Test
    void shouldFindLostNote() {
        // given
        publish();

        // when
        check.sent(Note.of("b", "test", "Nobody cares."));

        // then
        assertThat(check.outstanding()).isEqualTo(1);
        assertThat(check.findings().lost()).containsExactly("b");
        assertThat(check.findings().good()).isFalse();
    }

    @Test
    void shouldFindRepeatedNote() {
        // given
        publish();

        // when
        check.accept(message(topics.audit(), "a", 0, 1, Json.bytes(event)));

        // then
        assertThat(check.findings().repeated()).containsExactly("a");
    }

    @Test
    void shouldFindLostAndRepeatedGarbage() {
        // given
        check.sentGarbage("x");
        check.sentGarbage("y");
        publish();

        // when
        check.accept(message(topics.deadLetters(), "y", 0, 0, new byte[0]));
        check.accept(message(topics.deadLetters(), "y", 0, 1, new byte[0]));

        // then
        assertThat(check.findings().lost()).containsExactly("x");
        assertThat(check.findings().repeated()).containsExactly("y");
    }

    @Test
    void shouldFindWrongCategory() {
        assertThat(wrongAfter(() -> verdict().put("category", "no-error")))
                .isEqualTo("a is no-error instead of missed-document");
    }

    @Test
    void shouldFindVerdictAboutAnotherText() {
        assertThat(wrongAfter(() -> ((ObjectNode) event.path("note")).put("text", "The 🙂 page was found.")))
                .startsWith("a was judged as another note");
    }

    @Test
    void shouldFindQuoteThatDoesNotStandThere() {
        assertThat(wrongAfter(() -> ((ObjectNode) verdict().path("evidence").path(0)).put("start", 5)))
                .startsWith("a has a quote that does not stand there");
    }

    @Test
    void shouldFindQuoteBeyondTheEnd() {
        assertThat(wrongAfter(() -> ((ObjectNode) verdict().path("evidence").path(0)).put("end", 500)))
                .startsWith("a has a quote that does not stand there");
    }

    @Test
    void shouldFindPointerToNothing() {
        assertThat(wrongAfter(() -> pointer().put("offset", 6)))
                .startsWith("a points to an exchange that is not there");
    }

    @Test
    void shouldFindPointerToAnotherExchange() {
        assertThat(wrongAfter(() -> pointer().put("id", "f"))).startsWith("a points to another exchange");
    }

    @Test
    void shouldFindExchangeWithOtherBytes() {
        assertThat(wrongAfter(() -> exchange.put("content", "changed"))).startsWith("a points to another exchange");
    }

    @Test
    void shouldFindMissingPointer() {
        assertThat(wrongAfter(() -> reasoning().remove("exchange"))).isEqualTo("a has no exchange");
    }

    @Test
    void shouldFindPassageThatTheExchangeDoesNotHave() {
        assertThat(wrongAfter(() -> reasoning().put("text", "Note n1: something else.")))
                .isEqualTo("a has a passage that its exchange does not have");
    }

    @Test
    void shouldFindOtherKey() {
        // when
        check.accept(message(topics.exchanges(), "e", 2, 5, Json.bytes(exchange)));
        check.accept(message(topics.audit(), "b", 0, 0, Json.bytes(event)));

        // then
        assertThat(check.findings().wrong()).containsExactly("the event about a has the key b");
    }

    private String wrongAfter(Runnable change) {
        change.run();
        publish();
        Findings findings = check.findings();
        assertThat(findings.good()).isFalse();
        assertThat(findings.wrong()).hasSize(1);
        return findings.wrong().getFirst();
    }

    private void publish() {
        check.accept(message(topics.audit(), "a", 0, 0, Json.bytes(event)));
        check.accept(message(topics.exchanges(), "e", 2, 5, Json.bytes(exchange)));
    }

    private ObjectNode verdict() {
        return (ObjectNode) event.path("verdict");
    }

    private ObjectNode reasoning() {
        return (ObjectNode) verdict().path("reasoning");
    }

    private ObjectNode pointer() {
        return (ObjectNode) reasoning().path("exchange");
    }

    /** One of the schemas' examples; Surefire runs in the module's folder. */
    private static ObjectNode golden(String name) {
        try {
            return (ObjectNode) Json.tree(Files.readAllBytes(Path.of("..", "schemas", "examples", name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ConsumerRecord<String, byte[]> message(
            String topic, String key, int partition, long offset, byte[] value) {
        return new ConsumerRecord<>(topic, partition, offset, key, value);
    }
}
