package io.rationale.console.limits;

import java.time.Duration;

/**
 * Whether somebody who is waited for goes on fast enough, measured over one stretch of time after the other. Time in which
 * they are not waited for does not count. Not thread safe.
 */
final class Pace {
    private static final long RESTING = Long.MIN_VALUE;

    private final long stretch;
    private final double leastBytes;
    private long since = RESTING;
    private long bytesBefore;

    /** @param slowest bytes a second that are still fast enough */
    Pace(Duration stretch, int slowest) {
        this.stretch = stretch.toNanos();
        this.leastBytes = slowest * (stretch.toNanos() / 1e9);
    }

    /**
     * Whether the last stretch went too slowly.
     *
     * @param waiting whether they are waited for
     * @param bytes   that they have sent or taken in all
     * @param now     in nanoseconds
     */
    boolean isTooSlow(boolean waiting, long bytes, long now) {
        if (!waiting || since == RESTING) {
            begin(waiting ? now : RESTING, bytes);
            return false;
        }
        if (now - since < stretch) {
            return false;
        }
        boolean tooSlow = bytes - bytesBefore < leastBytes;
        begin(now, bytes);
        return tooSlow;
    }

    private void begin(long now, long bytes) {
        since = now;
        bytesBefore = bytes;
    }
}
