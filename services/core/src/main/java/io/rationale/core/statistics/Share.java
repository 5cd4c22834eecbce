package io.rationale.core.statistics;

/**
 * A part of a whole.
 *
 * @param share    0 to 1; 0 of nothing
 * @param interval 95 % Wilson interval
 */
public record Share(double share, WilsonInterval interval) {
    /** {@code count} of {@code total}. */
    public static Share of(long count, long total) {
        return new Share(total == 0 ? 0 : (double) count / total, WilsonInterval.of(count, total));
    }
}
