package io.rationale.classifier.r1.cluster;

import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import java.time.Duration;
import java.util.Optional;

/** What the end of a call says about the load of its server. */
public sealed interface Ending {
    /** The server did what it was asked to. */
    record Answered() implements Ending {}

    /**
     * Too much to do (429, 503).
     *
     * @param retryAfter when to come back, where the server says so
     */
    record Overloaded(Optional<Duration> retryAfter) implements Ending {}

    /** Silence for too long. */
    record TimedOut() implements Ending {}

    /** It broke, or the caller gave up: nothing about the load. */
    record Neutral() implements Ending {}

    /** What a reply says. An answer without end (total timeout after words came) is the model's way, not load. */
    static Ending of(ModelReply reply) {
        return switch (reply.outcome()) {
            case ModelOutcome.Overloaded overloaded
            when overloaded.status() == 429 || overloaded.status() == 503 -> new Overloaded(overloaded.retryAfter());
            case ModelOutcome.Overloaded overloaded when overloaded.status() == 504 -> new TimedOut();
            case ModelOutcome.TimedOut timedOut
            when timedOut.timer() != ModelOutcome.Timer.TOTAL || reply.firstPayload() == null -> new TimedOut();
            case ModelOutcome outcome when outcome.unavailable() -> new Neutral();
            case ModelOutcome.Refused refused -> new Neutral();
            case ModelOutcome.ContextExceeded exceeded -> new Neutral();
            case ModelOutcome.ErrorInStream error -> new Neutral();
            case ModelOutcome.Malformed malformed -> new Neutral();
            case ModelOutcome outcome -> new Answered();
        };
    }
}
