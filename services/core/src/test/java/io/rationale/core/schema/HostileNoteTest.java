package io.rationale.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.SourcePosition;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.note.Context;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.note.NoteDecoder.Result;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a sender writes, the audit stays valid: the note is rejected or fits the schema as it is judged. */
class HostileNoteTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\": \"a\", \"contexts\": [{\"score\": \"NaN\"}]}",
                "{\"text\": \"a\", \"contexts\": [{\"score\": 1e999}]}",
                "{\"text\": \"a\", \"contexts\": [null]}",
                "{\"text\": \"a\", \"contexts\": [{\"rank\": 1.5}, {\"rank\": \"\"}]}",
                "{\"text\": \"a\", \"contexts\": [{\"rank\": 99999999999}]}",
                "{\"text\": \"a\", \"labels\": {\"tenant\": null}}",
                "{\"text\": \"a\", \"labels\": {\"tenant\": 3, \"test\": true}}",
                "{\"text\": \"a\", \"labels\": {\"tenant\": {}}}",
                "{\"text\": \"a\", \"observedAt\": 1791800000}",
                "{\"text\": \"a\", \"observedAt\": 1791800000000}",
                "{\"text\": \"a\", \"observedAt\": 1e30}",
                "{\"text\": \"a\", \"observedAt\": \"+12345-01-01T00:00:00Z\"}",
                "{\"text\": \"a\", \"observedAt\": \"-0044-03-15T00:00:00Z\"}",
                "{\"text\": \"a\", \"observedAt\": \"\"}",
                "{\"text\": \"\\ud800\", \"id\": \"\\udc00\"}",
                "{\"text\": \"\\u0000\", \"id\": 7, \"source\": false}",
            })
    void shouldBeRejectedOrFitTheSchema(String json) {
        // when
        Result result = decode(json);

        // then
        if (result instanceof Result.Accepted accepted) {
            var position = new SourcePosition("rationale.notes", 0, 0, Instant.EPOCH);
            var event = new AuditEvent.Unclassifiable(
                    1,
                    "e",
                    accepted.note(),
                    position,
                    new TaxonomyRef("t", 1),
                    "refused",
                    "",
                    1,
                    null,
                    List.of(),
                    Instant.EPOCH);
            byte[] written = Json.bytes(event);
            assertThat(SchemaFiles.faults("audit-event.v1", Json.tree(written))).isEmpty();
            assertThat(Json.read(written, AuditEvent.class)).isEqualTo(event);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithATimeInMilliseconds() {
        // when
        Result result = decode("{\"text\": \"a\", \"observedAt\": 1791800000000}");

        // then
        assertThat(result).isInstanceOfSatisfying(Result.Rejected.class, rejected -> {
            assertThat(rejected.rejection().field()).isEqualTo("observedAt");
            assertThat(rejected.rejection().message()).contains("seconds");
        });
    }

    @Test
    void shouldNotNameAFieldWhereNoneIsAtFault() {
        // when
        Result result = decode("{\"text\": \"a\", \"contexts\": [null]}");

        // then
        assertThat(result).isInstanceOfSatisfying(Result.Rejected.class, rejected -> assertThat(
                        rejected.rejection().field())
                .isNull());
    }

    @Test
    void shouldDropAScoreThatIsNoNumber() {
        // when
        Result result = decode("{\"text\": \"a\", \"contexts\": [{\"id\": \"c\", \"score\": \"NaN\"}]}");

        // then
        assertThat(result).isInstanceOfSatisfying(Result.Accepted.class, accepted -> assertThat(
                        accepted.note().contexts())
                .containsExactly(new Context("c", null, null, "")));
    }

    private static Result decode(String json) {
        return NoteDecoder.DEFAULT.decode(Bytes.utf8(json), "an-id", "a-source");
    }
}
