package io.rationale.console.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What is measured of the intake; {@code docs/metrics.md} names each meter. Thread safe. */
final class IntakeMetrics {
    private final MeterRegistry registry;

    IntakeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Notes of an answered request. */
    void notes(long accepted, long rejected) {
        notes("accepted").increment(accepted);
        notes("rejected").increment(rejected);
    }

    /** An answered request. */
    void request(int status) {
        Counter.builder("rationale.intake.requests")
                .description("Requests to the intake over HTTP")
                .tag("status", String.valueOf(status))
                .register(registry)
                .increment();
    }

    private Counter notes(String outcome) {
        return Counter.builder("rationale.intake.notes")
                .description("Records of the bodies sent to the intake over HTTP")
                .tag("outcome", outcome)
                .register(registry);
    }
}
