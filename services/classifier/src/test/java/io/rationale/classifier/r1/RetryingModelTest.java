package io.rationale.classifier.r1;

import static io.rationale.classifier.Fixtures.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rationale.classifier.Fixtures;
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

    private final R1Availability availability = new R1Availability(CLOCK);
    private final List<Duration> slept = new ArrayList<>();
    private final List<Optional<String>> reasons = new ArrayList<>();
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
            reasons.clear();

            // when
            ModelReply reply = call(outcomes);

            // then
            assertThat(reply.outcome()).isEqualTo(COMPLETE);
            assertThat(reply.attempts()).isEqualTo(201);
            assertThat(slept).hasSize(200);
            assertThat(reasons).isNotEmpty().allSatisfy(reason -> assertThat(reason)
                    .isPresent());
            assertThat(availability.reason()).isEmpty();
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
    void shouldObeyRetryAfterWithinReason() throws Exception {
        // given
        List<ModelOutcome> outcomes = List.of(
                overloaded(Optional.of(Duration.ofSeconds(7))),
                overloaded(Optional.of(Duration.ofSeconds(Long.MAX_VALUE))),
                overloaded(Optional.of(Duration.ZERO)),
                overloaded(Optional.of(Duration.ofSeconds(-5))),
                COMPLETE);

        // when
        call(outcomes);

        // then
        assertThat(slept.subList(0, 2)).containsExactly(Duration.ofSeconds(7), Duration.ofMinutes(5));
        assertThat(slept.subList(2, 4)).allSatisfy(delay -> assertThat(delay).isGreaterThan(Duration.ofMillis(400)));
    }

    @Test
    void shouldTryOtherRetriableOutcomesThreeTimes() throws Exception {
        // when
        ModelReply reply = call(List.of(MALFORMED, overloaded(Optional.empty()), MALFORMED, MALFORMED, COMPLETE));

        // then
        assertThat(reply.outcome()).isEqualTo(MALFORMED);
        assertThat(reply.attempts()).isEqualTo(4);
        assertThat(availability.reason()).isEmpty();
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
                delay -> {
                    throw new InterruptedException("stopped");
                },
                random);

        // when / then
        assertThatThrownBy(() -> model.call(REQUEST)).isInstanceOf(InterruptedException.class);
        assertThat(availability.reason()).contains("away");
    }

    private ModelReply call(List<ModelOutcome> outcomes) throws InterruptedException {
        Deque<ModelOutcome> left = new ArrayDeque<>(outcomes);
        RetryingModel.Sleeper sleeper = delay -> {
            slept.add(delay);
            reasons.add(availability.reason());
        };
        return new RetryingModel(request -> Fixtures.reply(left.remove()), availability, sleeper, random).call(REQUEST);
    }

    private static ModelOutcome overloaded(Optional<Duration> retryAfter) {
        return new ModelOutcome.Overloaded(429, "slow down", retryAfter);
    }
}
