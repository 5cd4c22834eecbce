package io.rationale.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.note.Note;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.verdict.AnswerReader.Judgement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerReaderTest {
    private static final String THOUGHT =
            "\nNote n1: a list where a table was asked: wrong-format.\nNote n2: nothing wrong here.\n";
    private static final String ANSWER = """
            {"verdicts":[{"id":"n1","category":"wrong-format","evidence":["a list"]},
            {"id":"n2","category":"no-error","evidence":[]}]}""";

    private final AnswerReader reader = new AnswerReader(Taxonomies.ragFailures());
    private final List<Note> notes =
            List.of(Note.of("a", "s", "I asked for a table and got a list."), Note.of("b", "s", "All is well."));

    @Test
    void shouldJudgeWithPassagesAndChecks() {
        // when
        List<Optional<Judgement>> judgements = reader.read(new ModelOutcome.Complete(THOUGHT, ANSWER), notes);

        // then
        Judgement first = judgements.getFirst().orElseThrow();
        assertThat(first.reasoning().text()).isEqualTo("Note n1: a list where a table was asked: wrong-format.");
        assertThat(first.checks()).isEqualTo(new Checks(true, true, false, false, false, false, false, false));
        Judgement second = judgements.get(1).orElseThrow();
        assertThat(second.checks()).isEqualTo(new Checks(false, false, false, false, false, false, false, false));
    }

    @Test
    void shouldGiveNothingForANoteWithoutAnAnswer() {
        // when
        List<Optional<Judgement>> judgements = reader.read(
                new ModelOutcome.Complete(THOUGHT, "{\"verdicts\":[{\"id\":\"n2\",\"category\":\"no-error\"}]}"),
                notes);

        // then
        assertThat(judgements).hasSize(2);
        assertThat(judgements.get(0)).isEmpty();
        assertThat(judgements.get(1)).isPresent();
    }

    @Test
    void shouldSalvageAnAnswerFromAThoughtThatNeverClosedAndSayIt() {
        // given
        String thought = "Perhaps {x}. ".repeat(10_000) + THOUGHT + ANSWER;

        // when
        List<Optional<Judgement>> judgements = reader.read(new ModelOutcome.StoppedInThought(thought), notes);

        // then
        assertThat(judgements)
                .allSatisfy(judgement ->
                        assertThat(judgement.orElseThrow().checks().salvaged()).isTrue());
    }

    @Test
    void shouldAcceptAnAnswerWithoutThoughtAndSayIt() {
        // when
        List<Optional<Judgement>> judgements = reader.read(new ModelOutcome.EmptyThought(ANSWER), notes);

        // then
        assertThat(judgements).allSatisfy(judgement -> assertThat(
                        judgement.orElseThrow().checks().emptyThought())
                .isTrue());
    }

    @Test
    void shouldAcceptAnAnswerBetweenTagsThatLeaked() {
        // given
        String leaked = "<think>" + THOUGHT + "</think>\n" + ANSWER + "\n</think>";

        // when
        List<Optional<Judgement>> judgements = reader.read(new ModelOutcome.Complete(THOUGHT, leaked), notes);

        // then
        assertThat(judgements).allMatch(Optional::isPresent);
    }

    static List<ModelOutcome> outcomesWithoutAnAnswer() {
        return List.of(
                new ModelOutcome.TruncatedInAnswer(THOUGHT, ANSWER),
                new ModelOutcome.TruncatedInThought(THOUGHT + ANSWER),
                new ModelOutcome.Aborted(THOUGHT, ANSWER),
                new ModelOutcome.Loop(THOUGHT, ANSWER),
                new ModelOutcome.Loop(THOUGHT + ANSWER, ""),
                new ModelOutcome.ErrorInStream(ANSWER, THOUGHT, ANSWER),
                new ModelOutcome.ContextExceeded(ANSWER, OptionalInt.empty(), OptionalInt.empty()),
                new ModelOutcome.Refused(400, ANSWER),
                new ModelOutcome.Overloaded(503, ANSWER, Optional.of(Duration.ZERO)),
                new ModelOutcome.TimedOut(ModelOutcome.Timer.TOTAL, ANSWER, ANSWER),
                new ModelOutcome.TimedOut(ModelOutcome.Timer.IDLE, THOUGHT + ANSWER, ""),
                new ModelOutcome.Unreachable(ANSWER),
                new ModelOutcome.Unreachable("reset", THOUGHT, ANSWER),
                new ModelOutcome.Malformed(ANSWER));
    }

    @ParameterizedTest
    @MethodSource("outcomesWithoutAnAnswer")
    void shouldNeverAcceptWhatWasCutOrFailed(ModelOutcome outcome) {
        assertThat(reader.read(outcome, notes)).hasSize(2).allMatch(Optional::isEmpty);
    }
}
