package io.rationale.classifier.classify;

import static io.rationale.classifier.Fixtures.CLOCK;
import static io.rationale.classifier.Fixtures.NOW;
import static io.rationale.classifier.Fixtures.answerAbout;
import static io.rationale.classifier.Fixtures.tasks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rationale.classifier.FakeModel;
import io.rationale.classifier.Fixtures;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.NoteTask;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.taxonomy.Taxonomies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BatchClassifierTest {
    private static final int MAX_ATTEMPTS = 3;

    private final List<Decision> decisions = new ArrayList<>();

    @Test
    void shouldDecideEachNoteOnceOfOneExchange() throws Exception {
        // given
        FakeModel model = FakeModel.answeringAll();

        // when
        classify(model, tasks("a", "b", "c"));

        // then
        assertThat(decisions).extracting(Decision::offset).containsExactly(0L, 1L, 2L);
        assertThat(judged()).allSatisfy(each -> {
            assertThat(each.exchange()).isSameAs(judged().getFirst().exchange());
            assertThat(each.failures()).isEmpty();
            assertThat(each.verdict().provenance().attempts()).isEqualTo(1);
            assertThat(each.verdict().provenance().batchSize()).isEqualTo(3);
            assertThat(each.verdict().classifiedAt()).isEqualTo(NOW);
        });
        assertThat(judged().getFirst().exchange().exchange().orElseThrow().noteIds())
                .containsExactly("note-0", "note-1", "note-2");
        assertThat(judged())
                .extracting(each -> each.verdict().reasoning().text())
                .containsExactly("Note n1: it is no-error.", "Note n2: it is no-error.", "Note n3: it is no-error.");
        assertThat(judged().stream()
                        .mapToDouble(each -> each.verdict().usage().total())
                        .sum())
                .isCloseTo(140, within(1e-9));
    }

    @Test
    void shouldAskAloneAgainAboutNotesThatTheAnswerLeavesOut() throws Exception {
        // given
        FakeModel model =
                new FakeModel(texts -> answerAbout(texts, text -> texts.size() == 1 || !text.startsWith("left")));

        // when
        classify(model, tasks("a", "left-1", "b", "left-2"));

        // then
        assertThat(model.asked())
                .containsExactly(List.of("a", "left-1", "b", "left-2"), List.of("left-1"), List.of("left-2"));
        assertThat(decisions).extracting(Decision::offset).containsExactly(0L, 2L, 1L, 3L);
        Decision.Judged askedAgain = judged().get(2);
        assertThat(askedAgain.verdict().provenance().attempts()).isEqualTo(2);
        assertThat(askedAgain.verdict().usage().total()).isEqualTo(140 / 4.0 + 140);
        assertThat(askedAgain.exchanges()).containsExactly(judged().getFirst().exchange(), askedAgain.exchange());
        assertThat(judged().stream()
                        .mapToDouble(each -> each.verdict().usage().total())
                        .sum())
                .isCloseTo(3 * 140, within(1e-9));
    }

    @Test
    void shouldHalveUntilThePoisonNoteStandsAloneAndGiveUpThatOne() throws Exception {
        // given
        FakeModel model = poisonedBy(new ModelOutcome.TruncatedInThought("hm, hm, hm"));

        // when
        classify(model, tasks("a", "b", "c", "poison", "e", "f", "g", "h"));

        // then
        assertThat(decisions).extracting(Decision::offset).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        Decision.GivenUp givenUp = givenUp();
        assertThat(givenUp.offset()).isEqualTo(3);
        assertThat(givenUp.reason()).isEqualTo("truncated-in-thought");
        assertThat(givenUp.cause())
                .isEqualTo("The token limit came before the thought ended (6 calls, 3 of them about this note alone).");
        assertThat(givenUp.attempts()).isEqualTo(6);
        assertThat(givenUp.exchanges()).hasSize(6).doesNotHaveDuplicates();
        assertThat(givenUp.usage().total()).isCloseTo(140 / 8.0 + 140 / 4.0 + 140 / 2.0 + 3 * 140, within(1e-9));
        assertThat(model.asked().stream().filter(List.of("poison")::equals)).hasSize(MAX_ATTEMPTS);
        assertThat(judged()).hasSize(7);
    }

    @Test
    void shouldGiveUpOnlyWhatIsUndecidedWhenAFaultOfOursComesOut() throws Exception {
        // given
        FakeModel model = new FakeModel(texts -> {
            if (texts.size() == 1) {
                throw new IllegalStateException("a bug");
            }
            return answerAbout(texts, text -> !text.startsWith("left"));
        });

        // when
        classify(model, tasks("a", "left", "b"));

        // then
        assertThat(judged()).extracting(Decision::offset).containsExactly(0L, 2L);
        assertThat(givenUp().offset()).isEqualTo(1);
        assertThat(givenUp().reason()).isEqualTo("internal-error");
    }

    @Test
    void shouldGiveUpANoteWhoseDeadlineIsOverAndTellTheModelHowMuchTimeIsLeft() throws Exception {
        // given: each call takes 5 ms
        FakeModel never = poisonedBy(new ModelOutcome.TruncatedInThought("hm"));
        List<Duration> timesLeft = new ArrayList<>();
        ReasoningModel model = request -> {
            timesLeft.add(request.atMost());
            return never.call(request);
        };
        TokenBudget budget = new TokenBudget(0, 0);

        // when
        new OneByOne(Taxonomies.ragFailures(), model, 100, Duration.ofMillis(13), budget, CLOCK)
                .classify(tasks("poison", "a"), decisions::add);

        // then
        assertThat(givenUp().offset()).isZero();
        assertThat(givenUp().reason()).isEqualTo("deadline-exceeded");
        assertThat(givenUp().attempts()).isEqualTo(3);
        assertThat(judged()).extracting(Decision::offset).containsExactly(1L);
        assertThat(timesLeft)
                .containsExactly(
                        Duration.ofMillis(13), Duration.ofMillis(8), Duration.ofMillis(8), Duration.ofMillis(3));
    }

    @Test
    void shouldNotAskTheSameAgainWhereItCannotPass() throws Exception {
        for (ModelOutcome hopeless : List.of(
                new ModelOutcome.ContextExceeded(
                        "the maximum context length is 10", OptionalInt.empty(), OptionalInt.empty()),
                new ModelOutcome.Refused(400, "bad request"))) {
            // given
            FakeModel model = poisonedBy(hopeless);
            decisions.clear();

            // when
            classify(model, tasks("a", "poison"));

            // then
            assertThat(model.asked()).containsExactly(List.of("a", "poison"), List.of("a"), List.of("poison"));
            assertThat(givenUp().reason()).isEqualTo(hopeless.name());
            assertThat(givenUp().cause()).contains("2 calls, 1 of them");
        }
    }

    @Test
    void shouldGiveUpWhatNoAnswerNames() throws Exception {
        // given
        FakeModel model = new FakeModel(texts -> answerAbout(texts, text -> !text.equals("ignored")));

        // when
        classify(model, tasks("a", "ignored"));

        // then
        assertThat(givenUp().reason()).isEqualTo("no-acceptable-answer");
        assertThat(givenUp().attempts()).isEqualTo(1 + MAX_ATTEMPTS);
    }

    @Test
    void shouldLeaveTheRestUndecidedWhenStopped() {
        // given
        FakeModel model = new FakeModel(texts -> {
            if (texts.equals(List.of("left-2"))) {
                throw new InterruptedException("stopped");
            }
            return answerAbout(texts, text -> texts.size() == 1 || !text.startsWith("left"));
        });

        // when / then
        assertThatThrownBy(() -> classify(model, tasks("a", "left-1", "left-2", "left-3")))
                .isInstanceOf(InterruptedException.class);
        assertThat(decisions).extracting(Decision::offset).containsExactly(0L, 1L);
    }

    @Test
    void shouldKeepAndCountWhatFailedBeforeTheAnswer() throws Exception {
        // given
        ModelReply failed = Fixtures.reply(new ModelOutcome.ErrorInStream("engine", "I think", ""));
        FakeModel answering = FakeModel.answeringAll();
        ReasoningModel model = request -> answering.call(request).after(List.of(failed), 2);

        // when
        classify(model, tasks("a", "b"));

        // then
        assertThat(judged()).hasSize(2).allSatisfy(each -> {
            assertThat(each.exchanges())
                    .extracting(draft -> draft.exchange().orElseThrow().outcome())
                    .containsExactly("error-in-stream", "complete");
            assertThat(each.exchanges().getFirst())
                    .isSameAs(judged().getFirst().exchanges().getFirst());
            assertThat(each.verdict().provenance().attempts()).isEqualTo(2);
            assertThat(each.verdict().usage().total()).isEqualTo(2 * 140 / 2.0);
        });
    }

    private static FakeModel poisonedBy(ModelOutcome outcome) {
        return new FakeModel(texts -> texts.contains("poison") ? outcome : Fixtures.answerAbout(texts, text -> true));
    }

    private void classify(ReasoningModel model, List<NoteTask> batch) throws InterruptedException {
        new OneByOne(Taxonomies.ragFailures(), model, MAX_ATTEMPTS, CLOCK).classify(batch, decisions::add);
    }

    private List<Decision.Judged> judged() {
        return decisions.stream()
                .filter(Decision.Judged.class::isInstance)
                .map(Decision.Judged.class::cast)
                .toList();
    }

    private Decision.GivenUp givenUp() {
        return decisions.stream()
                .filter(Decision.GivenUp.class::isInstance)
                .map(Decision.GivenUp.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
