package io.rationale.classifier.classify;

import java.time.Duration;
import java.util.Arrays;

/** What recent calls took, and from when on one is a straggler. Not thread safe. */
final class CallDurations {
    private static final int KEPT = 128;
    private static final int FEWEST = 4;
    /** Nine of ten calls are quicker than this share of the recent ones. */
    private static final double QUANTILE = 0.9;

    /** Thoughts are about lognormal: past three times that, fewer than one in a hundred is still to come. */
    private static final int TIMES = 3;

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final long[] nanos = new long[KEPT];
    private long count;

    void add(Duration duration) {
        nanos[(int) (count++ % KEPT)] = duration.toNanos();
    }

    /** Whether a call that has taken so long already is much slower than the others; never before there are some. */
    boolean isStraggler(Duration sofar) {
        if (count < FEWEST || sofar.compareTo(SHORTEST) < 0) {
            return false;
        }
        long[] sorted = Arrays.copyOf(nanos, (int) Math.min(count, KEPT));
        Arrays.sort(sorted);
        long usual = sorted[(int) (QUANTILE * (sorted.length - 1))];
        return sofar.toNanos() > TIMES * usual;
    }
}
