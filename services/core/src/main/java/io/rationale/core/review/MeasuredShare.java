package io.rationale.core.review;

import io.rationale.core.statistics.Share;

/**
 * A share with its interval.
 *
 * @param share 0 to 1
 * @param low   lower end of the 95 % Wilson interval
 * @param high  upper end
 */
public record MeasuredShare(double share, double low, double high) {
    /** {@code count} of {@code total}; 0 with the interval from 0 to 1 of nothing. */
    public static MeasuredShare of(long count, long total) {
        Share share = Share.of(count, total);
        return new MeasuredShare(
                share.share(), share.interval().low(), share.interval().high());
    }
}
