package io.rationale.core.statistics;

/**
 * The same notes counted twice, each time by whether they belong to something: its share may differ between the two
 * countings, and because the notes are the same, much of what would be chance between different notes is none.
 *
 * @param both       notes that belong to it in both countings
 * @param nowOnly    in the new counting only
 * @param beforeOnly in the old counting only
 * @param neither    in none of them
 */
public record PairedShares(long both, long nowOnly, long beforeOnly, long neither) {
    /** @throws IllegalArgumentException when a count is below 0, or there is no note */
    public PairedShares {
        if (Math.min(Math.min(both, nowOnly), Math.min(beforeOnly, neither)) < 0) {
            throw new IllegalArgumentException("a count below 0");
        }
        if (both + nowOnly + beforeOnly + neither == 0) {
            throw new IllegalArgumentException("there is no share of nothing");
        }
    }

    /** The notes. */
    public long notes() {
        return both + nowOnly + beforeOnly + neither;
    }

    /**
     * How much the share in the new counting differs from that in the old one, with its 95 % interval.
     *
     * <p>R. G. Newcombe, "Improved confidence intervals for the difference between binomial proportions based on paired
     * data", Statistics in Medicine 17 (1998), 2635-2650, method 10: the score intervals of the two shares, put together
     * with the correlation of the two countings, which is corrected for continuity.
     */
    public ShareChange change() {
        double notes = notes();
        double now = (both + nowOnly) / notes;
        double before = (both + beforeOnly) / notes;
        WilsonInterval ofNow = WilsonInterval.of(both + nowOnly, notes());
        WilsonInterval ofBefore = WilsonInterval.of(both + beforeOnly, notes());
        double difference = ((double) nowOnly - beforeOnly) / notes;
        double correlation = correlation();
        double down = together(now - ofNow.low(), ofBefore.high() - before, correlation);
        double up = together(ofNow.high() - now, before - ofBefore.low(), correlation);
        return new ShareChange(difference, Math.max(-1, difference - down), Math.min(1, difference + up));
    }

    private static double together(double a, double b, double correlation) {
        return Math.sqrt(Math.max(0, a * a - 2 * correlation * a * b + b * b));
    }

    /** Between the two countings; 0 where one of them knows no difference between the notes. */
    private double correlation() {
        double margins =
                (double) (both + nowOnly) * (beforeOnly + neither) * (double) (both + beforeOnly) * (nowOnly + neither);
        if (margins == 0) {
            return 0;
        }
        double product = (double) both * neither - (double) nowOnly * beforeOnly;
        double corrected = product > 0 ? Math.max(0, product - notes() / 2.0) : product;
        return corrected / Math.sqrt(margins);
    }
}
