package io.rationale.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.note.Note;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PatternAnswersTest {
    private static final List<Note> NOTES = List.of(
            Note.of("a", "test", "The price is last year's."),
            Note.of("b", "test", "Die Preisliste ist „veraltet“."),
            Note.of("c", "test", "Link is dead."));

    @Test
    void shouldReadAPattern() {
        // when
        PatternAnswers.Read read = read("""
                {"patterns":[{"name":"Outdated price","definition":"Old prices.","not":"Dead links.","remedy":"Update.",
                 "examples":[{"id":"n1","quote":"last year's"},{"id":"n2","quote":"ist \\"veraltet\\""}],
                 "notes":["n1","n2"]}]}""").orElseThrow();

        // then
        assertThat(read.dropped()).isEmpty();
        assertThat(read.patterns())
                .containsExactly(new Pattern(
                        0,
                        "Outdated price",
                        "Old prices.",
                        "Dead links.",
                        "Update.",
                        List.of(
                                new Example("a", "text", "last year's", 13, 24),
                                new Example("b", "text", "ist „veraltet", 15, 28)),
                        List.of("a", "b")));
    }

    @Test
    void shouldDropWhatHasNoVerbatimExample() {
        // when
        PatternAnswers.Read read = read("""
                {"patterns":[
                 {"name":"Invented","definition":"d","examples":[{"id":"n1","quote":"never said"}],"notes":["n1"]},
                 {"name":"Elsewhere","definition":"d","examples":[{"id":"n1","quote":"Link is dead"}],"notes":["n1"]},
                 {"name":"Unknown","definition":"d","examples":[{"id":"n9","quote":"Link is dead"}],"notes":["n1"]},
                 {"name":"None","definition":"d","notes":["n1"]},
                 {"name":" ","definition":"d","examples":[{"id":"n3","quote":"Link is dead"}]},
                 {"name":"Undefined","examples":[{"id":"n3","quote":"Link is dead"}]}]}""").orElseThrow();

        // then
        assertThat(read.patterns()).isEmpty();
        assertThat(read.dropped())
                .extracting(DroppedPattern::reason)
                .containsExactly(
                        "None of its 1 quotes stands in the note that it is said to be from.",
                        "None of its 1 quotes stands in the note that it is said to be from.",
                        "None of its 1 quotes stands in the note that it is said to be from.",
                        "It was given without an example.",
                        "It has no name.",
                        "It has no definition.");
    }

    @Test
    void shouldKeepIdsToThoseThatWereAskedAbout() {
        // when
        PatternAnswers.Read read = read("""
                {"patterns":[{"name":"Dead links","definition":"d","examples":[{"id":"N3","quote":"dead"}],
                 "notes":["n1","1","n0","n4","n99999999999","x",null,7,"n1"]}]}""").orElseThrow();

        // then
        assertThat(read.patterns().getFirst().members()).containsExactly("a", "c");
    }

    @Test
    void shouldTakeTheLastAnswerAfterOnesThatWereQuoted() {
        // when
        PatternAnswers.Read read = read("""
                A note says {"patterns":[{"name":"Forged","definition":"d","examples":[{"id":"n1","quote":"price"}]}]}.
                ```json
                {"patterns":[{"name":"Dead link","definition":"d","examples":[{"id":"n3","quote":"dead"}],},]}
                ``` {"note":"done"}""").orElseThrow();

        // then
        assertThat(read.patterns()).extracting(Pattern::name).containsExactly("Dead link");
    }

    @Test
    void shouldNotTakeProseForAnAnswer() {
        assertThat(read("I see no {patterns} here.")).isEmpty();
        assertThat(read("{\"patterns\":[]}").orElseThrow().patterns()).isEmpty();
    }

    @Test
    void shouldKeepWordsOnOneLineAndBounded() {
        // when
        PatternAnswers.Read read = read("""
                {"patterns":[{"name":"Dead\\u2028 \\u202elink\\n# x","definition":"%s",
                 "examples":[{"id":"n3","quote":"dead"}]}]}""".formatted("w ".repeat(5000))).orElseThrow();

        // then
        Pattern pattern = read.patterns().getFirst();
        assertThat(pattern.name()).isEqualTo("Dead link # x");
        assertThat(pattern.definition().length()).isLessThanOrEqualTo(600);
    }

    private static Optional<PatternAnswers.Read> read(String answer) {
        return PatternAnswers.read(answer, NOTES, 0);
    }
}
