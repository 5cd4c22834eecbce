package io.rationale.classifier.r1;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether R1 answers, for readiness and for whoever waits in front of a terminal. Thread safe. */
public final class R1Availability {
    private final Clock clock;
    private volatile Outage outage;
    private volatile Instant lastAnswer = Instant.MIN;

    /** No endpoint has been up since then, and what stands in the way. */
    public record Outage(Instant since, String reason) {}

    public R1Availability(Clock clock) {
        this.clock = clock;
    }

    /** What stands in the way, while no endpoint is up. */
    public Optional<String> reason() {
        return Optional.ofNullable(outage).map(Outage::reason);
    }

    /** The outage, while no endpoint is up. */
    public Optional<Outage> current() {
        return Optional.ofNullable(outage);
    }

    /** For how long no endpoint has been up; zero while one is. */
    public Duration outage() {
        Outage current = outage;
        return current == null ? Duration.ZERO : Duration.between(current.since(), clock.instant());
    }

    /** Something has changed. The state is asked for here, under the lock, so that the newest is seen last. */
    synchronized void refresh(Supplier<Optional<String>> outageReason) {
        Outage before = outage;
        outage = outageReason
                .get()
                .map(reason -> new Outage(before == null ? clock.instant() : before.since(), reason))
                .orElse(null);
    }

    /** R1 has answered somebody. */
    void answered() {
        lastAnswer = clock.instant();
    }

    /** Whether R1 has answered anybody since then. */
    boolean answeredSince(Instant instant) {
        return lastAnswer.isAfter(instant);
    }
}
