package io.rationale.classifier.r1.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.classifier.Fixtures;
import io.rationale.core.r1.ModelOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EndingTest {
    @Test
    void shouldTakeRejectionsForOverload() {
        for (int status : List.of(429, 503)) {
            // given
            Optional<Duration> retryAfter = Optional.of(Duration.ofSeconds(status));

            // when
            Ending ending = Ending.of(Fixtures.reply(new ModelOutcome.Overloaded(status, "full", retryAfter)));

            // then
            assertThat(ending).isEqualTo(new Ending.Overloaded(retryAfter));
        }
    }

    @Test
    void shouldTakeSilenceForOverload() {
        for (ModelOutcome outcome : List.of(
                new ModelOutcome.TimedOut(ModelOutcome.Timer.FIRST_PAYLOAD, "", ""),
                new ModelOutcome.TimedOut(ModelOutcome.Timer.IDLE, "thought", ""),
                new ModelOutcome.Overloaded(504, "gateway timeout", Optional.empty()))) {
            // when
            Ending ending = Ending.of(Fixtures.reply(outcome));

            // then
            assertThat(ending).isEqualTo(new Ending.TimedOut());
        }
    }

    @Test
    void shouldTakeWhatTheModelEndedForAnswered() {
        for (ModelOutcome outcome : List.of(
                new ModelOutcome.Complete("thought", "answer"),
                new ModelOutcome.TruncatedInThought("thought"),
                new ModelOutcome.Loop("thought", ""))) {
            // when
            Ending ending = Ending.of(Fixtures.reply(outcome));

            // then
            assertThat(ending).isEqualTo(new Ending.Answered());
        }
    }

    @Test
    void shouldLearnNothingOfTheLoadFromOtherFailures() {
        for (ModelOutcome outcome : List.of(
                new ModelOutcome.Unreachable("connection refused"),
                new ModelOutcome.Overloaded(500, "bug", Optional.empty()),
                new ModelOutcome.Refused(401, "wrong key"),
                new ModelOutcome.ContextExceeded("too long", OptionalInt.empty(), OptionalInt.empty()),
                new ModelOutcome.Malformed("no JSON"))) {
            // when
            Ending ending = Ending.of(Fixtures.reply(outcome));

            // then
            assertThat(ending).isEqualTo(new Ending.Neutral());
        }
    }
}
