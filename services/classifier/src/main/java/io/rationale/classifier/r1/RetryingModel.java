package io.rationale.classifier.r1;

import io.rationale.classifier.r1.cluster.BackOff;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one layer that asks again. While R1 is unavailable it does so with jittered exponential back-off, for as long as it
 * takes: the note stays in Kafka and nothing is given up. But a request that finds R1 unavailable while others get
 * answers may be the reason itself, as a note that ends its server each time: for those there is a number of tries and
 * a deadline. Other retriable outcomes are tried a few times. {@code Retry-After} is obeyed below, by closing the
 * endpoint that asked for it; others may be free.
 */
final class RetryingModel implements ReasoningModel {
    private static final int ATTEMPTS = 3;
    /** Tries of a request that may be the reason, between which others got answers. */
    private static final int SUSPICIOUS_TRIES = 5;

    private static final int MOST_KEPT = 8;

    /** Waits; a constructor parameter, so that tests need no time. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    private final ReasoningModel next;
    private final R1Availability availability;
    private final BackOff backOff;
    private final Duration deadline;
    private final Clock clock;
    private final Sleeper sleeper;
    private final AtomicInteger backingOff = new AtomicInteger();

    /** @param deadline for how long a request is tried while others get answers */
    RetryingModel(
            ReasoningModel next,
            R1Availability availability,
            BackOff backOff,
            Duration deadline,
            Clock clock,
            Sleeper sleeper) {
        this.next = next;
        this.availability = availability;
        this.backOff = backOff;
        this.deadline = deadline;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    @Override
    public ModelReply call(ModelRequest request) throws InterruptedException {
        Tries tries = new Tries();
        List<ModelReply> failed = new ArrayList<>();
        Duration used = Duration.ZERO;
        for (int calls = 1; ; calls++) {
            Instant begin = clock.instant();
            ModelReply reply = next.call(request.after(used));
            // Time in which nobody got an answer does not count.
            if (!reply.outcome().unavailable() || availability.answeredSince(begin)) {
                used = used.plus(reply.total());
            }
            if (!tries.again(reply.outcome()) || isOver(request, used)) {
                return reply.after(failed, calls);
            }
            keep(reply, failed);
            backOff(calls);
        }
    }

    private static boolean isOver(ModelRequest request, Duration used) {
        return request.atMost() != null && used.compareTo(request.atMost()) >= 0;
    }

    /** What was thought and paid for is not thrown away; a bounded number, for a request may fail for days. */
    private static void keep(ModelReply reply, List<ModelReply> failed) {
        boolean words = !reply.outcome().reasoning().isEmpty()
                || !reply.outcome().content().isEmpty();
        if (words && failed.size() < MOST_KEPT) {
            failed.add(reply);
        }
    }

    /** Calls that wait to be tried again, and meanwhile take no room at any server. */
    int backingOff() {
        return backingOff.get();
    }

    private void backOff(int calls) throws InterruptedException {
        backingOff.incrementAndGet();
        try {
            sleeper.sleep(backOff.delay(calls));
        } finally {
            backingOff.decrementAndGet();
        }
    }

    /** What one request has met with. */
    private final class Tries {
        private int answers;
        private int suspicious;
        private Instant lastFailure = Instant.MAX;
        private Duration failing = Duration.ZERO;

        boolean again(ModelOutcome outcome) {
            if (outcome.unavailable()) {
                return unavailable(outcome, clock.instant());
            }
            answers++;
            if (!outcome.retriable()) {
                availability.answered();
            }
            return outcome.retriable() && answers < ATTEMPTS;
        }

        /** Time in which nobody got an answer does not count. */
        private boolean unavailable(ModelOutcome outcome, Instant now) {
            if (availability.answeredSince(lastFailure)) {
                failing = failing.plus(Duration.between(lastFailure, now));
                suspicious += mayBeAboutTheRequest(outcome) ? 1 : 0;
            }
            lastFailure = now;
            return failing.compareTo(deadline) < 0 && suspicious < SUSPICIOUS_TRIES;
        }
    }

    /** Servers that are full, away or locked say nothing about the request; those that break at it may. */
    private static boolean mayBeAboutTheRequest(ModelOutcome outcome) {
        return switch (outcome) {
            case ModelOutcome.Overloaded overloaded -> overloaded.status() == 500;
            case ModelOutcome.Unreachable broken ->
                !broken.reasoning().isEmpty() || !broken.content().isEmpty();
            case ModelOutcome.TimedOut timedOut -> timedOut.timer() == ModelOutcome.Timer.IDLE;
            default -> false;
        };
    }
}
