package io.rationale.console.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** What is measured of the limits; {@code docs/metrics.md} names each meter. Thread safe. */
final class LimitMetrics {
    private final MeterRegistry registry;

    /** Which limit was met. */
    enum Why {
        /** Requests of a client. */
        REQUESTS,
        /** Tokens that are none. */
        BAD_TOKENS,
        /** Tries to sign in on the page that failed. */
        SIGN_INS,
        /** No connection could give way. */
        CONNECTIONS,
        /** A connection that waited for its client gave way. */
        CROWDED_OUT,
        /** Streams of events of a client. */
        STREAMS,
        SLOW_HEAD,
        SLOW_BODY,
        SLOW_READER,
        /** Memory for bodies. */
        BODY_MEMORY
    }

    LimitMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Something was refused or closed. */
    void refused(Why why) {
        Counter.builder("rationale.limits.refused")
                .description("Requests refused and connections closed at a limit")
                .tag("limit", why.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .register(registry)
                .increment();
    }

    void watch(Connections connections) {
        Gauge.builder("rationale.limits.connections", connections, Connections::count)
                .description("Connections to the console")
                .register(registry);
    }
}
