package io.rationale.core.statistics;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How much a share differs from the same share of other notes, with its 95 % interval, so that noise is not taken for a
 * trend.
 *
 * <p>R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven
 * methods", Statistics in Medicine 17 (1998), 873-890, method 10: the hybrid of two score intervals, without continuity
 * correction.
 *
 * @param difference the share now minus the share before, -1 to 1
 * @param low        lower bound of the difference
 * @param high       upper bound of the difference
 */
public record ShareChange(double difference, double low, double high) {
    /**
     * The change to {@code count} of {@code total} from {@code countBefore} of {@code totalBefore}.
     *
     * @throws IllegalArgumentException unless both are shares of at least one
     */
    public static ShareChange of(long count, long total, long countBefore, long totalBefore) {
        return of(count, total, countBefore, totalBefore, WilsonInterval.Z);
    }

    /**
     * The same with an interval of another level than 95 %.
     *
     * @param z quantile of the normal distribution: {@link WilsonInterval#Z} for 95 %
     */
    public static ShareChange of(long count, long total, long countBefore, long totalBefore, double z) {
        if (total == 0 || totalBefore == 0) {
            throw new IllegalArgumentException("there is no share of nothing");
        }
        double now = (double) count / total;
        double before = (double) countBefore / totalBefore;
        WilsonInterval ofNow = WilsonInterval.ofShare(now, total, z);
        WilsonInterval ofBefore = WilsonInterval.ofShare(before, totalBefore, z);
        double difference = now - before;
        double down = Math.hypot(now - ofNow.low(), ofBefore.high() - before);
        double up = Math.hypot(ofNow.high() - now, before - ofBefore.low());
        return new ShareChange(difference, Math.max(-1, difference - down), Math.min(1, difference + up));
    }

    /** Whether the interval leaves out 0; derived, so it is written and never read. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public boolean significant() {
        return low > 0 || high < 0;
    }
}
