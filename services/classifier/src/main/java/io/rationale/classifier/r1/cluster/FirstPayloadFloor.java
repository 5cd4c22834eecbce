package io.rationale.classifier.r1.cluster;

import java.time.Duration;

/**
 * The shortest time from sending a request to its first payload: network, scheduling and prefill without any queue. As
 * the round-trip time in BBR (Cardwell et al., "BBR: Congestion-Based Congestion Control", ACM Queue 14(5), 2016) it is a
 * windowed minimum, and only a measurement that cannot contain a queue may raise it: under steady overload the minimum
 * would creep up with the queue that it is to reveal.
 */
final class FirstPayloadFloor {
    private static final long WINDOW = Duration.ofMinutes(10).toNanos();
    private static final int ENOUGH = 8;
    /** What schedulers and garbage collectors take, in nanoseconds. */
    private static final long SLACK = Duration.ofMillis(50).toNanos();

    private static final long LONGEST = Duration.ofHours(1).toNanos();

    private long floor = Long.MAX_VALUE;
    private int floorTokens = 1;
    private long windowStart;
    private long windowMinimum = Long.MAX_VALUE;
    private int windowTokens;
    private int samples;

    /**
     * A request got its first payload.
     *
     * @param wait     from sending to the first payload, in nanoseconds
     * @param tokens   estimated tokens of its prompt
     * @param unqueued whether so few were in flight that it cannot have waited for a slot
     */
    void record(long now, long wait, int tokens, boolean unqueued) {
        if (wait < floor) {
            floor = wait;
            floorTokens = Math.max(1, tokens);
        }
        if (unqueued) {
            recordUnqueued(now, wait, tokens);
        }
    }

    /** Nanoseconds; 0 before anything was measured. */
    long nanos() {
        return known() ? floor : 0;
    }

    /** Whether anything was measured. */
    boolean known() {
        return floor < Long.MAX_VALUE;
    }

    /**
     * For how many nanoseconds a request of that many prompt tokens may be silent before it is taken to wait for a slot:
     * twice its floor, which grows with the prompt as prefill does.
     */
    long patience(int tokens) {
        if (!known()) {
            return LONGEST;
        }
        double longer = Math.max(1, (double) tokens / floorTokens);
        return Math.min(LONGEST, (long) (2 * floor * longer) + SLACK);
    }

    private void recordUnqueued(long now, long wait, int tokens) {
        if (samples == 0) {
            windowStart = now;
        }
        samples++;
        if (wait < windowMinimum) {
            windowMinimum = wait;
            windowTokens = Math.max(1, tokens);
        }
        if (now - windowStart > WINDOW && samples >= ENOUGH) {
            floor = windowMinimum;
            floorTokens = windowTokens;
            windowMinimum = Long.MAX_VALUE;
            samples = 0;
        }
    }
}
