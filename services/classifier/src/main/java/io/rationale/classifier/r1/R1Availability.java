package io.rationale.classifier.r1;

import io.rationale.core.r1.ModelOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether R1 answers, for readiness and for whoever waits in front of a terminal. Thread safe. */
public final class R1Availability {
    private final Clock clock;
    private volatile Outage outage;

    /** R1 has not answered since then. */
    private record Outage(Instant since, String reason) {}

    public R1Availability(Clock clock) {
        this.clock = clock;
    }

    /** What stands in the way, while R1 does not answer. */
    public Optional<String> reason() {
        return Optional.ofNullable(outage).map(Outage::reason);
    }

    /** For how long R1 has not answered; zero while it does. */
    public Duration outage() {
        Outage current = outage;
        return current == null ? Duration.ZERO : Duration.between(current.since(), clock.instant());
    }

    void available() {
        outage = null;
    }

    synchronized void unavailable(String reason) {
        Instant since = outage == null ? clock.instant() : outage.since();
        outage = new Outage(since, reason);
    }

    /** A sentence's worth, for people. */
    public static String reason(ModelOutcome outcome) {
        return switch (outcome) {
            case ModelOutcome.Unreachable unreachable -> unreachable.message();
            case ModelOutcome.Overloaded overloaded -> "HTTP " + overloaded.status() + ": " + overloaded.message();
            case ModelOutcome.Refused refused -> "HTTP " + refused.status() + ": " + refused.message();
            default -> outcome.name();
        };
    }
}
