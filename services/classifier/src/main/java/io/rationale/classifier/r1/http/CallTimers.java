package io.rationale.classifier.r1.http;

import io.rationale.core.r1.ModelOutcome.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The timers of one call. When the first of them runs out, the call is broken off, once. Thread safe.
 *
 * <p>Words come far more often than timers run out: they only move a deadline, and {@link TimerSweep} looks at the
 * deadlines of all calls some times a second.
 */
final class CallTimers implements AutoCloseable {
    private final Runnable breakOff;
    private final Consumer<CallTimers> onClosed;
    private final long start = System.nanoTime();
    private Timeouts timeouts;
    private long lastPayload;
    private boolean anyPayload;
    private Timer expired;
    private boolean closed;

    CallTimers(Timeouts timeouts, Runnable breakOff, Consumer<CallTimers> onClosed) {
        this.timeouts = timeouts;
        this.breakOff = breakOff;
        this.onClosed = onClosed;
    }

    /** Words came. */
    synchronized void payload() {
        lastPayload = System.nanoTime();
        anyPayload = true;
    }

    /** From now on only so much longer, whatever comes. */
    synchronized void allowOnly(Duration rest) {
        timeouts = new Timeouts(
                rest, rest, Duration.ofNanos(System.nanoTime() - start).plus(rest));
    }

    /** The timer that ran out. */
    synchronized Optional<Timer> expired() {
        return Optional.ofNullable(expired);
    }

    /** From now on nothing is broken off. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        onClosed.accept(this);
    }

    /** Breaks the call off when a timer has run out. */
    synchronized void look(long now) {
        if (closed || expired != null) {
            return;
        }
        boolean isTotalOver = now - start >= timeouts.total().toNanos();
        boolean isPayloadLate = anyPayload
                ? now - lastPayload >= timeouts.idle().toNanos()
                : now - start >= timeouts.firstPayload().toNanos();
        if (isTotalOver || isPayloadLate) {
            expired = isTotalOver ? Timer.TOTAL : anyPayload ? Timer.IDLE : Timer.FIRST_PAYLOAD;
            breakOff.run();
        }
    }
}
