package io.rationale.core.note;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.json.Bytes;
import io.rationale.core.note.NoteDecoder.Result;
import io.rationale.core.note.NoteRejection.Reason;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoteDecoderTest {
    private static final String SECRET = "geheim";

    private final NoteDecoder decoder = new NoteDecoder(20, 400);

    @Test
    void shouldReadAWholeReport() {
        // when
        Result result = decode("""
                {"id":"i","text":"t","source":"s","observedAt":"2026-01-02T03:04:05Z","question":"q","answer":"a",
                "expected":"e","contexts":[{"id":"c","rank":1,"score":0.5,"text":"p"}],"labels":{"b":"2","a":"1"},
                "traceId":"x","somethingNew":{"a":1}}""");

        // then
        Result.Accepted accepted = (Result.Accepted) result;
        assertThat(accepted.idGiven()).isTrue();
        assertThat(accepted.note().observedAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(accepted.note().contexts()).containsExactly(new Context("c", 1, 0.5, "p"));
        assertThat(accepted.note().labels().keySet()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"only text\"",
                "{\"text\":\"only text\"}",
                "{\"text\":\"only text\",\"id\":\" \",\"source\":null}"
            })
    void shouldDeriveWhatIsMissing(String json) {
        assertThat(decode(json))
                .isEqualTo(new Result.Accepted(Note.of("default-id", "default-source", "only text"), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"text\":\"geheim\" | NOT_JSON |",
                "geheim | NOT_JSON |",
                "{\"text\":\"geheim\"} {} | NOT_JSON |",
                "~~ | NOT_A_NOTE |",
                "[\"geheim\"] | NOT_A_NOTE |",
                "5 | NOT_A_NOTE |",
                "null | NOT_A_NOTE |",
                "{} | BLANK_TEXT | text",
                "{\"text\":null,\"answer\":\"geheim\"} | BLANK_TEXT | text",
                "\"  \" | BLANK_TEXT | text",
                "{\"text\":{\"geheim\":1}} | NOT_A_NOTE | text",
                "{\"text\":\"geheim\",\"observedAt\":\"geheim\"} | NOT_A_NOTE | observedAt",
                "{\"text\":\"geheim\",\"contexts\":\"geheim\"} | NOT_A_NOTE | contexts",
                "{\"text\":\"geheim\",\"contexts\":[{\"rank\":\"geheim\"}]} | NOT_A_NOTE | contexts.[0].rank",
                "{\"text\":\"geheim geheim geheim geheim\"} | TOO_LONG | text",
            })
    void shouldNameTheFieldAndNeverRepeatTheText(String json, Reason reason, String field) {
        // when
        Result result = decode(json);

        // then
        NoteRejection rejection = ((Result.Rejected) result).rejection();
        assertThat(rejection.reason()).isEqualTo(reason);
        assertThat(rejection.field()).isEqualTo(field);
        assertThat(rejection.message()).isNotBlank().doesNotContain(SECRET);
        if (field != null) {
            assertThat(rejection.message()).contains("'" + field + "'");
        }
    }

    @Test
    void shouldMeasureTheTextInBytes() {
        assertThat(decode("\"" + "ä".repeat(10) + "\"")).isInstanceOf(Result.Accepted.class);
        assertThat(decode("\"" + "ä".repeat(10) + "a\"")).isInstanceOf(Result.Rejected.class);
    }

    @Test
    void shouldLimitTheNoteInAll() {
        // given
        String large = "{\"text\":\"t\",\"answer\":\"" + SECRET.repeat(100) + "\"}";

        // when
        Result result = decode(large);

        // then
        NoteRejection rejection = ((Result.Rejected) result).rejection();
        assertThat(rejection.reason()).isEqualTo(Reason.TOO_LONG);
        assertThat(rejection.message()).contains("400").doesNotContain(SECRET);
    }

    @Test
    void shouldRefuseWhatIsNotUtf8() {
        // when
        Result result = decoder.decode(Bytes.of(new byte[] {'"', (byte) 0xE4, '"'}), "i", "s");

        // then
        assertThat(((Result.Rejected) result).rejection().reason()).isEqualTo(Reason.WRONG_ENCODING);
    }

    @Test
    void shouldRefuseDeepNesting() {
        // when
        Result result = decode("[".repeat(100_000));

        // then
        assertThat(((Result.Rejected) result).rejection().reason()).isEqualTo(Reason.NOT_JSON);
    }

    @Test
    void shouldRaiseTheLimitOfTheWholeWithThatOfTheText() {
        // given
        NoteDecoder large = decoder.withMaxTextBytes(10_000);

        // when
        Result result = large.decode(Bytes.utf8("\"" + "x".repeat(10_000) + "\""), "i", "s");

        // then
        assertThat(result).isInstanceOf(Result.Accepted.class);
    }

    private Result decode(String json) {
        return decoder.decode(Bytes.utf8(json), "default-id", "default-source");
    }
}
