package io.rationale.console.statistics;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * Whether the statistics are counting a backlog: then whoever is in less of a hurry gives way, since counts come first
 * and processors are few. Thread safe.
 */
public final class CountingPace {
    /** More than any cluster of R1 decides. */
    private static final double FAST_PER_SECOND = 3_000;

    private static final Duration LOOK = Duration.ofMillis(200);

    private final LongAdder counted = new LongAdder();
    private long lookedAt = System.nanoTime();
    private long countedThen;
    private boolean fast;

    /** A record of the audit was counted. */
    public void counted() {
        counted.increment();
    }

    /** Whether more records are being counted than can be decided meanwhile. */
    public synchronized boolean isFast() {
        long elapsed = System.nanoTime() - lookedAt;
        if (elapsed >= LOOK.toNanos()) {
            long now = counted.sum();
            fast = (now - countedThen) * 1e9 / elapsed > FAST_PER_SECOND;
            countedThen = now;
            lookedAt += elapsed;
        }
        return fast;
    }
}
