package io.rationale.core.review;

import io.rationale.core.statistics.WilsonInterval;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The shares that categories would have if people had labelled every note, estimated from the notes that they did label:
 * R1's labels are the strata, and the notes of each label that people read stand for all notes of that label.
 *
 * <p>The estimator and its variance are those of stratified sampling (W. G. Cochran, Sampling Techniques, 3rd edition,
 * 1977, chapter 5), in the form of P. Olofsson et al., "Good practices for estimating area and assessing accuracy of land
 * change", Remote Sensing of Environment 148 (2014), 42-57: with {@code W_i} the share of label i among all verdicts,
 * {@code n_i} the notes of that label that people read and {@code n_ij} those of them that they gave category j,
 *
 * <pre>p_j = sum_i W_i n_ij / n_i        V(p_j) = sum_i W_i^2 q_ij (1 - q_ij) / m_i</pre>
 *
 * <p>The publication has {@code q_ij = n_ij / n_i} and {@code m_i = n_i - 1}, by which a label that was read unanimously
 * looks certain however little of it was read. Here two successes and two failures, spread evenly over the {@code k}
 * labels that were read, are added: {@code q_ij = (n_ij + 2/k) / (n_i + 4/k)} and {@code m_i = n_i + 4/k} (R. M. Price, D.
 * G. Bonett, "An improved confidence interval for a linear function of binomial proportions", Computational Statistics and
 * Data Analysis 45 (2004), 449-456; for one label it is the interval of A. Agresti, B. A. Coull, The American Statistician
 * 52 (1998), 119-126). They are added in the variance only, so that the shares stay without bias and sum to 1.
 *
 * <p>It holds whatever part of each label was read, as long as the notes of one label were drawn at random.
 *
 * @param shares        by category, sorted; empty when nothing was measured
 * @param measuredShare share of all verdicts whose label was read often enough, 0 to 1
 */
public record CorrectedShares(Map<String, Corrected> shares, double measuredShare) {
    public CorrectedShares {
        shares = Collections.unmodifiableMap(new TreeMap<>(shares));
    }

    /**
     * One category's.
     *
     * @param share         the estimate, 0 to 1
     * @param low           lower end of the 95 % interval
     * @param high          upper end
     * @param standardError of the estimate
     */
    public record Corrected(double share, double low, double high, double standardError) {
        static Corrected of(double share, double variance) {
            double error = Math.sqrt(variance);
            double reach = WilsonInterval.Z * error;
            return new Corrected(share, Math.max(0, share - reach), Math.min(1, share + reach), error);
        }
    }

    /** What one stratum adds to the variance of one category's share, but for the square of its weight. */
    @FunctionalInterface
    interface Variance {
        /** As Olofsson et al. have it. */
        Variance PLAIN = (found, read, strata) -> {
            double share = (double) found / read;
            return share * (1 - share) / (read - 1);
        };

        /** With two successes and two failures more in all. */
        Variance PLUS_FOUR = (found, read, strata) -> {
            double more = 2.0 / strata;
            double size = read + 2 * more;
            double share = (found + more) / size;
            return share * (1 - share) / size;
        };

        /** {@code found} of the {@code read} notes of one of the {@code strata} have the category. */
        double of(long found, long read, long strata);
    }

    /**
     * The estimate.
     *
     * @param verdicts      R1's labels among all notes in question
     * @param reviewed      the notes that people read too
     * @param leastReviewed notes that people must have read of a label, 2 or more, for it to be measured; a label with fewer
     *                      is taken as R1 said, as if that were certain
     */
    public static CorrectedShares of(Map<String, Long> verdicts, Confusion reviewed, int leastReviewed) {
        return of(verdicts, reviewed, leastReviewed, Variance.PLUS_FOUR);
    }

    static CorrectedShares of(Map<String, Long> verdicts, Confusion reviewed, int leastReviewed, Variance variance) {
        if (leastReviewed < 2) {
            throw new IllegalArgumentException(leastReviewed + " reviews measure nothing");
        }
        Estimate estimate = new Estimate(verdicts, reviewed, leastReviewed, variance);
        double measured = estimate.measuredShare();
        return new CorrectedShares(measured == 0 ? Map.of() : estimate.shares(), measured);
    }

    /** One pass over the strata for each category. */
    private record Estimate(Map<String, Long> verdicts, Confusion reviewed, int leastReviewed, Variance variance) {
        private long all() {
            return verdicts.values().stream().mapToLong(Long::longValue).sum();
        }

        private boolean isMeasured(String label) {
            return reviewed.said(label) >= leastReviewed;
        }

        double measuredShare() {
            long measured = verdicts.keySet().stream()
                    .filter(this::isMeasured)
                    .mapToLong(verdicts::get)
                    .sum();
            return measured == 0 ? 0 : (double) measured / all();
        }

        Map<String, Corrected> shares() {
            TreeSet<String> categories = new TreeSet<>(verdicts.keySet());
            categories.addAll(reviewed.categories());
            Map<String, Corrected> shares = new TreeMap<>();
            categories.forEach(category -> shares.put(category, share(category)));
            return shares;
        }

        private long strata() {
            return verdicts.keySet().stream().filter(this::isMeasured).count();
        }

        private Corrected share(String category) {
            long strata = strata();
            double share = 0;
            double sum = 0;
            double all = all();
            for (Map.Entry<String, Long> stratum : verdicts.entrySet()) {
                double weight = stratum.getValue() / all;
                if (isMeasured(stratum.getKey())) {
                    long read = reviewed.said(stratum.getKey());
                    long found = reviewed.count(stratum.getKey(), category);
                    share += weight * found / read;
                    sum += weight * weight * variance.of(found, read, strata);
                } else if (stratum.getKey().equals(category)) {
                    share += weight;
                }
            }
            return Corrected.of(share, sum);
        }
    }
}
