package io.rationale.local.verify.count;

import io.rationale.core.r1.Usage;
import java.util.Arrays;

/** Sums of a cell, in whole multiples of 2^-20 where they are no whole numbers, as they are published. */
final class Amounts {
    private static final double UNIT = 1 << 20;
    private static final double MOST = 1L << 32;

    private final long[] sums = new long[6];
    /** Where what was published last stands; -1 for a recount. */
    private long offset = -1;

    /** Adds one note. */
    void add(double agreement, Usage usage) {
        sums[0]++;
        sums[1] += units(agreement);
        sums[2] += units(usage.prompt());
        sums[3] += units(usage.reasoning());
        sums[4] += units(usage.answer());
        sums[5] += units(usage.cached());
    }

    /** Adds so many notes, of which nothing else counts. */
    void add(long notes) {
        sums[0] += notes;
    }

    /** Adds what was published at that offset. */
    void addPublished(long notes, double agreement, Usage usage, long at) {
        sums[0] += notes;
        sums[1] += Math.round(agreement * UNIT);
        sums[2] += Math.round(usage.prompt() * UNIT);
        sums[3] += Math.round(usage.reasoning() * UNIT);
        sums[4] += Math.round(usage.answer() * UNIT);
        sums[5] += Math.round(usage.cached() * UNIT);
        offset = Math.max(offset, at);
    }

    void add(Amounts other) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
        }
    }

    long notes() {
        return sums[0];
    }

    long offset() {
        return offset;
    }

    boolean isSame(Amounts other) {
        return Arrays.equals(sums, other.sums);
    }

    boolean isNothing() {
        return Arrays.stream(sums).allMatch(sum -> sum == 0);
    }

    private static long units(double value) {
        return (long) Math.rint(Math.clamp(value, -MOST, MOST) * UNIT);
    }
}
