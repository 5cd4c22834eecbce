package io.rationale.classifier.r1.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Looks, from one thread, whether timers of running calls have run out. Thread safe. */
final class TimerSweep implements AutoCloseable {
    /** No timeout is so short that this much more would matter. */
    private static final int INTERVAL_MILLIS = 50;

    private static final int HOUSEKEEPING_SECONDS = 1;

    private final Set<CallTimers> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("r1-timers").daemon().factory());
    private volatile boolean closed;

    TimerSweep() {
        thread.scheduleWithFixedDelay(this::sweep, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Starts the timers of a call, which closes them at its end.
     *
     * @param breakOff run at most once, and never after they were closed
     * @throws InterruptedException when the client is being closed, and its callers with it
     */
    CallTimers start(Timeouts timeouts, Runnable breakOff) throws InterruptedException {
        CallTimers timers = new CallTimers(timeouts, breakOff, running::remove);
        running.add(timers);
        if (closed) {
            timers.close();
            throw new InterruptedException("the client is closed");
        }
        return timers;
    }

    /** Has something looked after once a second. */
    void alsoRun(Runnable housekeeping) {
        thread.scheduleWithFixedDelay(housekeeping, HOUSEKEEPING_SECONDS, HOUSEKEEPING_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
    }

    private void sweep() {
        long now = System.nanoTime();
        for (CallTimers each : running) {
            each.look(now);
        }
    }
}
