package io.rationale.classifier.r1.cluster;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * An endpoint's circuit breaker. It starts open: only a probe closes it, and notes are sent only while it is closed.
 * Half-open is the time of one probe. Not thread safe: guarded by its owner.
 */
final class Breaker {
    private static final int WINDOW = 10;
    private static final int LEAST_CALLS = 3;
    private static final float FAILURE_PERCENT = 50;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final GivenClock clock = new GivenClock();
    private final CircuitBreaker breaker;
    private boolean probed;
    private boolean probing;
    private int openings;

    Breaker(String name, RandomGenerator random) {
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindow(WINDOW, LEAST_CALLS, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(FAILURE_PERCENT)
                        // Slow is what R1 is.
                        .slowCallDurationThreshold(Duration.ofDays(1))
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(attempt -> pauseMillis(attempt, random))
                        .clock(clock)
                        .build());
    }

    boolean closed() {
        return probed && breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    /** Whether it was ever probed. */
    boolean probed() {
        return probed;
    }

    /** Changes whenever it opens, so that results of calls from before can be told apart. */
    int openings() {
        return openings;
    }

    /** A call has ended while the breaker is closed. @return whether that opened it */
    boolean record(long now, boolean failed) {
        clock.tell(now);
        if (failed) {
            breaker.onError(0, TimeUnit.NANOSECONDS, FAILURE);
        } else {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
        return countOpening();
    }

    /** Takes the right to probe, when it is time and nobody else does. */
    boolean tryStartProbe(long now) {
        clock.tell(now);
        if (probing || closed()) {
            return false;
        }
        // The first probe is due at once; after that resilience4j counts the pause.
        probing = !probed || breaker.tryAcquirePermission();
        return probing;
    }

    void probeEnded(long now, boolean failed) {
        clock.tell(now);
        probing = false;
        if (probed) {
            record(now, failed);
        } else if (failed) {
            probed = true;
            breaker.transitionToOpenState();
        }
        probed = true;
    }

    private boolean countOpening() {
        boolean open = breaker.getState() == CircuitBreaker.State.OPEN;
        openings += open ? 1 : 0;
        return open;
    }

    /** From half of the exponential step to the whole. */
    private static long pauseMillis(int attempt, RandomGenerator random) {
        return BackOff.jittered(FIRST_PAUSE, LONGEST_PAUSE, attempt, random).toMillis();
    }

    /** Only counted, never thrown. */
    private static final Exception FAILURE = new Exception("failed", null, false, false) {};

    /** Shows the breaker the time that its owner was told. */
    private static final class GivenClock extends Clock {
        private Instant instant = Instant.EPOCH;
        private OptionalLong last = OptionalLong.empty();

        /** Only differences of nanoseconds mean anything. */
        void tell(long now) {
            instant = instant.plusNanos(now - last.orElse(now));
            last = OptionalLong.of(now);
        }

        @Override
        public Instant instant() {
            return instant;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("instants only");
        }
    }
}
