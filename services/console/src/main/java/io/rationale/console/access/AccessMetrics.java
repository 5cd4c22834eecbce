package io.rationale.console.access;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;

/** What is measured of the access; {@code docs/metrics.md} names each meter. Thread safe. */
@Singleton
class AccessMetrics {
    private final MeterRegistry registry;

    /** Why somebody was not let in. */
    enum Reason {
        /** No token. */
        UNNAMED,
        /** A bad token. */
        TOKEN,
        /** A token that cannot be checked now. */
        UNDECIDED,
        /** A good token without the role. */
        ROLE,
        /** A page of another site. */
        SITE
    }

    AccessMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void refused(Reason reason) {
        registry.counter("rationale.access.refused", "reason", reason.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
