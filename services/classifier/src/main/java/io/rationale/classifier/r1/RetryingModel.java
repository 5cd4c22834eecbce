package io.rationale.classifier.r1;

import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The one layer that asks again. While R1 is unavailable it waits with jittered exponential back-off, for as long as it
 * takes: the note stays in Kafka and nothing is given up. Other retriable outcomes are tried a few times.
 */
final class RetryingModel implements ReasoningModel {
    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_DELAY = Duration.ofMillis(250);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    /** A server that asks for a day is asked again before. */
    private static final Duration LONGEST_OBEYED = Duration.ofMinutes(5);

    /** Waits; a constructor parameter, so that tests need no time. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    private final ReasoningModel next;
    private final R1Availability availability;
    private final Sleeper sleeper;
    private final RandomGenerator random;

    RetryingModel(ReasoningModel next, R1Availability availability, Sleeper sleeper, RandomGenerator random) {
        this.next = next;
        this.availability = availability;
        this.sleeper = sleeper;
        this.random = random;
    }

    @Override
    public ModelReply call(ModelRequest request) throws InterruptedException {
        int answered = 0;
        for (int calls = 1; ; calls++) {
            ModelReply reply = next.call(request);
            ModelOutcome outcome = reply.outcome();
            if (outcome.unavailable()) {
                availability.unavailable(R1Availability.reason(outcome));
            } else {
                availability.available();
                answered++;
            }
            if (!outcome.unavailable() && (!outcome.retriable() || answered >= ATTEMPTS)) {
                return reply.withAttempts(calls);
            }
            sleeper.sleep(delay(calls, outcome));
        }
    }

    /** Anything between half of the exponential step and the whole, and not less than the server asked for. */
    private Duration delay(int calls, ModelOutcome outcome) {
        Optional<Duration> asked =
                outcome instanceof ModelOutcome.Overloaded overloaded ? overloaded.retryAfter() : Optional.empty();
        long step = FIRST_DELAY.toMillis() << Math.min(calls - 1, 10);
        long capped = Math.min(step, LONGEST_DELAY.toMillis());
        Duration jittered = Duration.ofMillis(capped / 2 + random.nextLong(capped / 2 + 1));
        return asked.filter(least -> least.compareTo(jittered) > 0)
                .map(least -> least.compareTo(LONGEST_OBEYED) > 0 ? LONGEST_OBEYED : least)
                .orElse(jittered);
    }
}
