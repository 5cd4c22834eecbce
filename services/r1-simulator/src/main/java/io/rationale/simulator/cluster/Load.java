package io.rationale.simulator.cluster;

import java.util.function.LongSupplier;

/**
 * How busy a node is, integrated over time exactly: at every change the time since the last one is added up. One of the
 * integrals counts the tokens that a request would have got, which paces requests by the load while they run.
 * Thread-safe.
 */
final class Load {
    private static final double NANOS = 1e9;

    private final TimeModel time;
    private final LongSupplier nanoClock;
    private double slowdown = 1;
    private int busy;
    private int waiting;
    private int mostWaiting;
    private long lastChange;
    private long since;
    private double busyNanos;
    private double waitingNanos;
    private double tokens;

    Load(TimeModel time, LongSupplier nanoClock) {
        this.time = time;
        this.nanoClock = nanoClock;
        lastChange = nanoClock.getAsLong();
        since = lastChange;
    }

    /** What has been added up since the start or the last reset. */
    record Reading(
            int busy,
            int waiting,
            int mostWaiting,
            double elapsedSeconds,
            double busySlotSeconds,
            double queuedSeconds) {}

    synchronized void change(int busyBy, int waitingBy) {
        advance();
        busy += busyBy;
        waiting += waitingBy;
        mostWaiting = Math.max(mostWaiting, waiting);
    }

    /** From now on everything takes so many times as long. */
    synchronized void slowDown(double factor) {
        advance();
        slowdown = factor;
    }

    synchronized double slowdown() {
        return slowdown;
    }

    /** The tokens that a request would have got if it had run from the beginning; only differences mean anything. */
    synchronized double tokens() {
        advance();
        return tokens;
    }

    /** Between two tokens at the load of now. */
    synchronized double tokenNanos() {
        return time.tokenNanos(busy) * slowdown;
    }

    synchronized Reading read() {
        long now = advance();
        return new Reading(busy, waiting, mostWaiting, (now - since) / NANOS, busyNanos / NANOS, waitingNanos / NANOS);
    }

    /** Starts adding up anew; what is running goes on. */
    synchronized void reset() {
        since = advance();
        busyNanos = 0;
        waitingNanos = 0;
        mostWaiting = waiting;
    }

    private long advance() {
        long now = nanoClock.getAsLong();
        long passed = Math.max(0, now - lastChange);
        busyNanos += (double) passed * busy;
        waitingNanos += (double) passed * waiting;
        tokens += passed / tokenNanos();
        lastChange = Math.max(lastChange, now);
        return lastChange;
    }
}
