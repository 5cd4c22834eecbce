package io.rationale.console.limits;

import io.vertx.core.http.HttpHeaders;
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
    private final boolean hasBody;
    private Runnable whenTooSlow;
    private volatile boolean answered;
    private volatile long answeredAt;

    /** @param clock nanoseconds */
    Exchange(HttpServerRequest request, LongSupplier clock) {
        this.request = request;
        this.clock = clock;
        this.hasBody = hasBody(request);
    }

    /** Whether a body belongs to the request, as its head says. */
    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null || (length != null && !length.equals("0"));
    }

    /** The answer is written, or never will be. */
    void answered() {
        answeredAt = clock.getAsLong();
        answered = true;
    }

    /** Whether more of the body is to come. A request that nobody reads has not ended, though there is nothing to read. */
    boolean isArriving() {
        return hasBody && !request.isEnded();
    }

    boolean isOver() {
        return answered && !isArriving();
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
