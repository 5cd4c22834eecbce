package io.rationale.classifier.r1.http;

import io.rationale.core.r1.ModelOutcome.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The timers of one call. When the first of them runs out, the call is broken off, once. Thread safe.
 *
 * <p>Words come far more often than timers run out: they only move a deadline, and the one scheduled look at it finds
 * out how long it still has to wait.
 */
final class CallTimers implements AutoCloseable {
    private final ScheduledExecutorService scheduler;
    private Timeouts timeouts;
    private final Runnable breakOff;
    private final long start = System.nanoTime();
    private long lastPayload;
    private boolean anyPayload;
    private Timer expired;
    private boolean closed;
    private ScheduledFuture<?> look;

    CallTimers(ScheduledExecutorService scheduler, Timeouts timeouts, Runnable breakOff) {
        this.scheduler = scheduler;
        this.timeouts = timeouts;
        this.breakOff = breakOff;
        schedule();
    }

    /** Words came. */
    synchronized void payload() {
        lastPayload = System.nanoTime();
        if (!anyPayload) {
            anyPayload = true;
            // The next words may be due earlier than the first ones were.
            look.cancel(false);
            schedule();
        }
    }

    /** From now on only so much longer, whatever comes. */
    synchronized void allowOnly(Duration rest) {
        timeouts = new Timeouts(
                rest, rest, Duration.ofNanos(System.nanoTime() - start).plus(rest));
        look.cancel(false);
        schedule();
    }

    /** The timer that ran out. */
    synchronized Optional<Timer> expired() {
        return Optional.ofNullable(expired);
    }

    @Override
    public synchronized void close() {
        closed = true;
        look.cancel(false);
    }

    private synchronized void schedule() {
        if (!closed) {
            look = scheduler.schedule(this::look, Math.max(0, remaining()), TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        synchronized (this) {
            if (closed || expired != null) {
                return;
            }
            if (remaining() > 0) {
                schedule();
                return;
            }
            expired = totalRemaining() <= 0 ? Timer.TOTAL : anyPayload ? Timer.IDLE : Timer.FIRST_PAYLOAD;
        }
        breakOff.run();
    }

    private long remaining() {
        long sinceStart = System.nanoTime() - start;
        long payload = anyPayload
                ? timeouts.idle().toNanos() - (System.nanoTime() - lastPayload)
                : timeouts.firstPayload().toNanos() - sinceStart;
        return Math.min(payload, totalRemaining());
    }

    private long totalRemaining() {
        return timeouts.total().toNanos() - (System.nanoTime() - start);
    }
}
