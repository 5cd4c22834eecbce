package io.rationale.console.statistics;

import io.rationale.core.r1.Usage;

/**
 * Numbers whose sums do not depend on their order: whole multiples of 2<sup>-20</sup>, added as longs, which is exact up
 * to 2<sup>43</sup>. Without it, moving a note between categories would leave dust behind, and the same notes would give
 * another last digit in each run.
 */
final class Exact {
    private static final double UNIT = 1 << 20;
    /** A note that says more has no true number; bounded, it does no harm to the others' sum. */
    private static final double MOST = 1L << 32;

    private Exact() {}

    /** As a whole number of units. */
    static long units(double value) {
        return (long) Math.rint(Math.clamp(value, -MOST, MOST) * UNIT);
    }

    /** The same of a sum, which may be larger than any single number. */
    static long unitsOfSum(double value) {
        return (long) Math.rint(value * UNIT);
    }

    /** The number of that many units. */
    static double of(long units) {
        return units / UNIT;
    }

    /** Whole tokens: what servers count; shares of a call add up to them. */
    static Usage whole(Usage usage) {
        return new Usage(
                Math.rint(usage.prompt()),
                Math.rint(usage.reasoning()),
                Math.rint(usage.answer()),
                Math.rint(usage.cached()));
    }
}
