package io.rationale.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.note.Note;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonIntakeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"text\":\"a\"},\"b\",{\"text\":\"c\",\"unknown\":[{}]}]",
                "[\n  {\n    \"text\": \"a\"\n  },\n  \"b\",\n  {\"text\": \"c\"}\n]\n",
                "{\"text\":\"a\"}{\"text\":\"b\"}\n\"c\"",
                "[{\"text\":\"a\"},{\"text\":\"b\"}][{\"text\":\"c\"}]"
            })
    void shouldReadArraysAndConcatenatedValues(String file) throws Exception {
        ReadResult read = ReadResult.of("n.json", file);

        assertThat(read.rejected()).isEmpty();
        assertThat(read.texts()).containsExactly("a", "b", "c");
    }

    @Test
    void shouldFindFieldsThatGoByOtherNames() throws Exception {
        ReadResult read = ReadResult.of(
                "n.jsonl",
                "{\"note_id\":7,\"Comment\":\"a\",\"observed_at\":\"2026-11-01T10:00:00Z\",\"date\":\"no time\"}\n"
                        + "{\"id\":\"own\",\"note_id\":\"other\",\"text\":\"b\",\"note\":\"not this\"}\n");

        assertThat(read.rejected()).isEmpty();
        assertThat(read.texts()).containsExactly("a", "b");
        assertThat(read.accepted()).extracting(each -> each.note().id()).containsExactly("7", "own");
        assertThat(read.accepted().getFirst().note().observedAt()).isEqualTo("2026-11-01T10:00:00Z");
    }

    @Test
    void shouldRejectABrokenElementWithItsLineAndBytesAndGoOn() throws Exception {
        ReadResult read = ReadResult.of(
                "n.json",
                "[\n{\"id\":\"1\",\"text\":\"a\"},\n{\"text\": bad, \"c\":{\"text\":\"x\"}},\n5,\n{\"text\":\"}\\\"{\"}\n]");

        assertThat(read.texts()).containsExactly("a", "}\"{");
        assertThat(read.reasons()).containsExactly("not-json", "not-a-note");
        assertThat(ReadResult.lineOf(read.rejected().getFirst())).isEqualTo(3);
        assertThat(read.rejected().getFirst().original().lenientUtf8())
                .isEqualTo("{\"text\": bad, \"c\":{\"text\":\"x\"}}");
        assertThat(read.accepted().getLast().line()).isEqualTo(5);
    }

    @Test
    void shouldLoseOnlyTheElementWithAnOpenQuote() throws Exception {
        ReadResult lines =
                ReadResult.of("n.json", "[{\"text\":\"a},\n{\"text\":\"b\"},\n{\"text\":\"c},\n{\"text\":\"d\"}]");
        ReadResult pretty = ReadResult.of(
                "n.json",
                "[\n  {\n    \"text\": \"a,\n    \"contexts\": [\n      {\"text\": \"x\"}\n    ]\n  },\n"
                        + "  {\n    \"text\": \"b\"\n  }\n]");
        ReadResult oneLine = ReadResult.of("n.json", "[{\"text\":\"a},{\"text\":\"b\"},{\"text\":\"c\"}]");

        assertThat(lines.texts()).containsExactly("b", "d");
        assertThat(lines.reasons()).containsExactly("not-json", "not-json");
        assertThat(pretty.texts()).containsExactly("b");
        assertThat(pretty.reasons()).containsExactly("not-json");
        assertThat(oneLine.texts()).containsExactly("c");
    }

    @Test
    void shouldLoseOnlyTheElementWithALineBreakOrWithoutItsBracket() throws Exception {
        ReadResult lineBreak = ReadResult.of(
                "n.json", "[{\"text\":\"a\nb\",\"contexts\":[{\"text\":\"x\"},{\"text\":\"y\"}]},{\"text\":\"c\"}]");
        ReadResult bracket = ReadResult.of("n.json", "[\n{\"text\":\"a\",\n{\"text\":\"b\"},\n{\"text\":\"c\"}\n]");

        assertThat(lineBreak.texts()).containsExactly("c");
        assertThat(lineBreak.deadLetter().cause()).contains("\\n");
        assertThat(bracket.texts()).containsExactly("b", "c");
        assertThat(bracket.reasons()).containsExactly("not-json");
    }

    @Test
    void shouldRejectWhatIsLeftOfAFileThatWasCutOff() throws Exception {
        ReadResult read = ReadResult.of("n.json", "[{\"text\":\"a\"},\n{\"text\":\"b");

        assertThat(read.texts()).containsExactly("a");
        assertThat(read.deadLetter().original().lenientUtf8()).isEqualTo("{\"text\":\"b");
        assertThat(read.deadLetter().cause()).contains("cut off");
    }

    @Test
    void shouldRejectAnElementThatIsTooLongAndGoOn() throws Exception {
        String file = "[{\"text\":\"" + "x".repeat(300_000) + "\",\n\"c\":[\n{\"text\":\"no\"}]},\n{\"text\":\"b\"}]";

        ReadResult read = ReadResult.of(
                new NoteFileReader(IntakeOptions.DEFAULT, 100_000), "n.json", file.getBytes(StandardCharsets.UTF_8));

        assertThat(read.texts()).containsExactly("b");
        assertThat(read.deadLetter().reason()).isEqualTo("too-long");
        assertThat(read.deadLetter().original().size()).isEqualTo(65_536);
        assertThat(read.deadLetter().cause()).contains("the element has 300033 bytes");
        assertThat(read.accepted().getFirst().line()).isEqualTo(4);
    }

    @Test
    void shouldReadAValueALine() throws Exception {
        ReadResult read = ReadResult.of(
                "n.ndjson",
                "{\"id\":7,\"text\":\"a\"}\r\n\r\n\"b\"\n{\"text\":\"c\"}{\"text\":\"d\"}\n{\"text\":\n[1]\n{\"id\":\"x\",\"text\":\" \"}\n{\"text\":\"e\"}");

        assertThat(read.texts()).containsExactly("a", "b", "e");
        assertThat(read.notes().getFirst().id()).isEqualTo("7");
        assertThat(read.reasons()).containsExactly("not-json", "not-json", "not-a-note", "blank-text");
        assertThat(read.rejected().getLast().key()).isEqualTo("x");
        assertThat(read.accepted().getLast().line()).isEqualTo(8);
    }

    @Test
    void shouldTakeTheFieldsThatWereAskedFor() throws Exception {
        String file = "{\"nr\":7,\"id\":\"i\",\"fault\":\"a\",\"text\":\"t\"}\n{\"text\":\"t\"}\n";
        ReadResult read = ReadResult.of(ReadResult.options("fault", "nr", null), "n.jsonl", file);
        ReadResult without = ReadResult.of(ReadResult.options(null, "", "s"), "n.jsonl", file);

        assertThat(read.notes()).extracting(Note::id).containsExactly("7");
        assertThat(read.texts()).containsExactly("a");
        assertThat(read.deadLetter().cause()).isEqualTo("field 'fault' is missing or blank");
        assertThat(without.accepted()).extracting(IntakeEntry.Accepted::idGiven).containsExactly(false, false);
        assertThat(without.notes()).extracting(Note::source).containsExactly("s", "s");
    }

    @Test
    void shouldPreferTheOptionThenTheNotesOwnThenTheFilesNameAsSource() throws Exception {
        String file = "{\"text\":\"a\",\"source\":\"own\"}\n{\"text\":\"b\"}\n";

        assertThat(ReadResult.of("/x/n.jsonl", file).notes())
                .extracting(Note::source)
                .containsExactly("own", "n.jsonl");
        assertThat(ReadResult.of("-", file).notes()).extracting(Note::source).containsExactly("own", "stdin");
        assertThat(ReadResult.of(ReadResult.options(null, null, "s"), "n.jsonl", file)
                        .notes())
                .extracting(Note::source)
                .containsExactly("s", "s");
    }
}
