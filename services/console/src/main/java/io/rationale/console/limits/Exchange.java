package io.rationale.console.limits;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A request and its answer, as far as their connection has to know them. On the connection's event loop, but for
 * {@link #answered()}.
 */
final class Exchange {
    private final HttpServerRequest request;
    private final LongSupplier clock;
    private Runnable whenTooSlow;
    private volatile boolean answered;
    private volatile long answeredAt;

    /** @param clock nanoseconds */
    Exchange(HttpServerRequest request, LongSupplier clock) {
        this.request = request;
        this.clock = clock;
    }

    /** The answer is written, or never will be. */
    void answered() {
        answeredAt = clock.getAsLong();
        answered = true;
    }

    /** Whether more of the body is to come. */
    boolean isArriving() {
        return !request.isEnded();
    }

    boolean isOver() {
        return answered && request.isEnded();
    }

    /** Whether its body goes on and on though it was answered. */
    boolean lingers(long now, Duration patience) {
        return answered && isArriving() && now - answeredAt > patience.toNanos();
    }

    /** @param refusal null when the connection is to be closed */
    void whenTooSlow(Runnable refusal) {
        whenTooSlow = refusal;
    }

    /** What is to be done when the body comes too slowly; null when the connection is to be closed. */
    Runnable whenTooSlow() {
        return whenTooSlow;
    }
}
