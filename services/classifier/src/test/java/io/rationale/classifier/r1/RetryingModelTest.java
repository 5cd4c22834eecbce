package io.rationale.classifier.r1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rationale.classifier.Fixtures;
import io.rationale.classifier.r1.cluster.BackOff;
import io.rationale.classifier.r1.cluster.ManualClock;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.Prompt;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryingModelTest {
    private static final ModelOutcome COMPLETE = new ModelOutcome.Complete("thought", "answer");
    private static final ModelOutcome MALFORMED = new ModelOutcome.Malformed("no JSON");
    private static final ModelRequest REQUEST = new ModelRequest("id", new Prompt("prompt", ""), 1);

    private static final Duration DEADLINE = Duration.ofMinutes(30);

    private final ManualClock clock = new ManualClock();
    private final R1Availability availability = new R1Availability(clock);
    private final List<Duration> slept = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private RandomGenerator random = RandomGenerator.getDefault();

    @Test
    void shouldWaitWithoutEndWhileR1IsUnavailable() throws Exception {
        for (ModelOutcome unavailable : List.of(
                new ModelOutcome.Unreachable("connection refused"),
                new ModelOutcome.Refused(401, "wrong key"),
                new ModelOutcome.Refused(404, "no such model"),
                overloaded(Optional.empty()))) {
            // given
            List<ModelOutcome> outcomes = new ArrayList<>(Collections.nCopies(200, unavailable));
            outcomes.add(COMPLETE);
            slept.clear();

            // when
            ModelReply reply = call(outcomes);

            // then
            assertThat(reply.outcome()).isEqualTo(COMPLETE);
            assertThat(reply.attempts()).isEqualTo(201);
            assertThat(slept).hasSize(200);
        }
    }

    @Test
    void shouldKeepTheDelaysBetweenHalfOfTheStepAndTheWhole() throws Exception {
        // given
        random = (RandomGenerator) () -> 0;
        List<ModelOutcome> outcomes = new ArrayList<>(Collections.nCopies(8, overloaded(Optional.empty())));
        outcomes.add(COMPLETE);
        call(outcomes);
        List<Duration> least = List.copyOf(slept);
        slept.clear();

        // when
        random = RandomGenerator.getDefault();
        call(outcomes);

        // then
        assertThat(least)
                .extracting(Duration::toMillis)
                .containsExactly(125L, 250L, 500L, 1000L, 2000L, 4000L, 5000L, 5000L);
        for (int i = 0; i < slept.size(); i++) {
            assertThat(slept.get(i)).isBetween(least.get(i), least.get(i).multipliedBy(2));
        }
    }

    @Test
    void shouldGiveUpARequestThatFailsWhileOthersGetAnswers() throws Exception {
        // given
        meanwhile = availability::answered;
        List<ModelOutcome> outcomes = new ArrayList<>(Collections.nCopies(1000, overloaded(Optional.empty())));

        // when
        ModelReply reply = call(outcomes);

        // then
        assertThat(reply.outcome()).isEqualTo(overloaded(Optional.empty()));
        assertThat(sum(slept)).isBetween(DEADLINE, DEADLINE.plusSeconds(10));
    }

    @Test
    void shouldCountOnlyTheTimeInWhichOthersGotAnswers() throws Exception {
        // given: an answer to somebody in every third pause
        int[] pauses = {0};
        meanwhile = () -> {
            if (pauses[0]++ % 3 == 0) {
                availability.answered();
            }
        };
        List<ModelOutcome> outcomes = new ArrayList<>(Collections.nCopies(3000, overloaded(Optional.empty())));

        // when
        call(outcomes);

        // then
        assertThat(sum(slept))
                .isBetween(
                        DEADLINE.multipliedBy(5).dividedBy(2),
                        DEADLINE.multipliedBy(7).dividedBy(2));
    }

    @Test
    void shouldGiveUpSoonWhatBreaksItsServerWhileOthersGetAnswers() throws Exception {
        // given
        meanwhile = availability::answered;
        ModelOutcome broken = new ModelOutcome.Unreachable("connection reset", "I think", "");
        List<ModelOutcome> outcomes = new ArrayList<>(Collections.nCopies(6, broken));
        outcomes.add(COMPLETE);

        // when
        ModelReply reply = call(outcomes);

        // then: one try, and five after which somebody else had got an answer
        assertThat(reply.outcome()).isEqualTo(broken);
        assertThat(reply.attempts()).isEqualTo(6);
    }

    @Test
    void shouldNotSuspectARequestThatFindsNoServerOrAFullOne() throws Exception {
        // given
        meanwhile = availability::answered;
        List<ModelOutcome> outcomes = new ArrayList<>(Collections.nCopies(20, new ModelOutcome.Unreachable("refused")));
        outcomes.addAll(Collections.nCopies(20, overloaded(Optional.empty())));
        outcomes.add(COMPLETE);

        // then
        assertThat(call(outcomes).outcome()).isEqualTo(COMPLETE);
    }

    @Test
    void shouldKeepTheFailuresThatBroughtWords() throws Exception {
        // given
        ModelOutcome broken = new ModelOutcome.ErrorInStream("engine", "I think", "");

        // when
        ModelReply reply = call(List.of(broken, MALFORMED, COMPLETE));

        // then
        assertThat(reply.outcome()).isEqualTo(COMPLETE);
        assertThat(reply.attempts()).isEqualTo(3);
        assertThat(reply.earlier()).extracting(ModelReply::outcome).containsExactly(broken);
    }

    @Test
    void shouldTryOtherRetriableOutcomesThreeTimes() throws Exception {
        // when
        ModelReply reply = call(List.of(MALFORMED, overloaded(Optional.empty()), MALFORMED, MALFORMED, COMPLETE));

        // then
        assertThat(reply.outcome()).isEqualTo(MALFORMED);
        assertThat(reply.attempts()).isEqualTo(4);
    }

    @Test
    void shouldReturnAtOnceWhatIsNotRetriable() throws Exception {
        for (ModelOutcome once : List.of(
                COMPLETE,
                new ModelOutcome.ContextExceeded("too long", OptionalInt.empty(), OptionalInt.empty()),
                new ModelOutcome.Refused(400, "bad"),
                new ModelOutcome.TimedOut(ModelOutcome.Timer.TOTAL, "", ""))) {
            // when
            ModelReply reply = call(List.of(once, COMPLETE));

            // then
            assertThat(reply.outcome()).isEqualTo(once);
            assertThat(slept).isEmpty();
        }
    }

    @Test
    void shouldStopWaitingWhenInterrupted() {
        // given
        RetryingModel model = new RetryingModel(
                request -> Fixtures.reply(new ModelOutcome.Unreachable("away")),
                availability,
                new BackOff(random),
                DEADLINE,
                clock,
                delay -> {
                    throw new InterruptedException("stopped");
                });

        // when / then
        assertThatThrownBy(() -> model.call(REQUEST)).isInstanceOf(InterruptedException.class);
    }

    private ModelReply call(List<ModelOutcome> outcomes) throws InterruptedException {
        Deque<ModelOutcome> left = new ArrayDeque<>(outcomes);
        RetryingModel.Sleeper sleeper = delay -> {
            slept.add(delay);
            clock.advance(delay.dividedBy(2));
            meanwhile.run();
            clock.advance(delay.dividedBy(2));
        };
        return new RetryingModel(
                        request -> Fixtures.reply(left.remove()),
                        availability,
                        new BackOff(random),
                        DEADLINE,
                        clock,
                        sleeper)
                .call(REQUEST);
    }

    private static Duration sum(List<Duration> durations) {
        return durations.stream().reduce(Duration.ZERO, Duration::plus);
    }

    private static ModelOutcome overloaded(Optional<Duration> retryAfter) {
        return new ModelOutcome.Overloaded(429, "slow down", retryAfter);
    }
}
