package io.rationale.core.statistics;

/**
 * The 95 % score interval of a share. It stays within 0 and 1 and is honest for small counts.
 *
 * <p>E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
 * Statistical Association 22 (1927), 209-212, formula without continuity correction.
 *
 * @param low  lower bound, 0 to 1
 * @param high upper bound, 0 to 1
 */
public record WilsonInterval(double low, double high) {
    /** The 97.5 % quantile of the normal distribution. */
    public static final double Z = 1.959963984540054;

    /**
     * The interval of {@code count} successes in {@code total} trials.
     *
     * @throws IllegalArgumentException unless 0 &lt;= count &lt;= total
     */
    public static WilsonInterval of(long count, long total) {
        if (count < 0 || total < count) {
            throw new IllegalArgumentException(count + " of " + total + " is no share");
        }
        if (total == 0) {
            return new WilsonInterval(0, 1);
        }
        return ofShare((double) count / total, total);
    }

    /**
     * The interval of a share that was seen in so many trials; weighted ones count by their effective number.
     *
     * @param share  0 to 1
     * @param trials above 0, not necessarily whole
     */
    public static WilsonInterval ofShare(double share, double trials) {
        return ofShare(share, trials, Z);
    }

    /**
     * The same at another level than 95 %.
     *
     * @param z quantile of the normal distribution: {@link #Z} for 95 %
     */
    public static WilsonInterval ofShare(double share, double trials, double z) {
        if (!(share >= 0 && share <= 1 && trials > 0)) {
            throw new IllegalArgumentException("a share of " + share + " in " + trials + " trials is none");
        }
        double z2 = z * z;
        double centre = share + z2 / (2 * trials);
        double spread = z * Math.sqrt((share * (1 - share) + z2 / (4 * trials)) / trials);
        double denominator = 1 + z2 / trials;
        double low = share == 0 ? 0 : Math.max(0, (centre - spread) / denominator);
        double high = share == 1 ? 1 : Math.min(1, (centre + spread) / denominator);
        return new WilsonInterval(low, high);
    }
}
