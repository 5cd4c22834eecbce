package io.rationale.console.statistics;

import io.rationale.core.r1.Usage;

/**
 * Numbers whose sums do not depend on their order: multiples of 2<sup>-20</sup>, which binary floating point adds and
 * takes away again exactly up to 2<sup>33</sup>. Without it, moving a note between categories would leave dust behind,
 * and the same notes would give another last digit in each run.
 */
final class Exact {
    private static final double UNIT = 1 << 20;

    private Exact() {}

    static double of(double value) {
        return Math.rint(value * UNIT) / UNIT;
    }

    static Usage of(Usage usage) {
        return new Usage(of(usage.prompt()), of(usage.reasoning()), of(usage.answer()), of(usage.cached()));
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
