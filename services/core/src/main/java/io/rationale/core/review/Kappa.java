package io.rationale.core.review;

import io.rationale.core.statistics.WilsonInterval;
import java.util.Optional;

/**
 * Agreement beyond chance of two raters who give each note one of several categories without order.
 *
 * <p>J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960),
 * 37-46; large-sample standard error: J. L. Fleiss, J. Cohen, B. S. Everitt, "Large sample standard errors of kappa and
 * weighted kappa", Psychological Bulletin 72 (1969), 323-327, the one for an interval and not for a test of kappa = 0.
 *
 * <p>Where the raters agree on every note, that standard error is 0 however few they are. The interval's low end is then
 * Wilson's for the observed agreement, with the agreement by chance as it was seen.
 *
 * @param value         1 for agreement on every note, 0 for what chance would give, less for less
 * @param standardError of {@code value}
 * @param low           lower end of the 95 % interval, -1 or more
 * @param high          upper end, 1 or less
 */
public record Kappa(double value, double standardError, double low, double high) {
    /** Nothing where kappa is not defined: without pairs, and where both gave all notes the same one category. */
    public static Optional<Kappa> of(Confusion pairs) {
        if (pairs.pairs() == 0) {
            return Optional.empty();
        }
        Marginals marginals = new Marginals(pairs);
        double observed = (double) pairs.agreed() / pairs.pairs();
        double expected = marginals.expected();
        return expected >= 1 ? Optional.empty() : Optional.of(of(pairs, marginals, observed, expected));
    }

    private static Kappa of(Confusion pairs, Marginals marginals, double observed, double expected) {
        double kappa = beyondChance(observed, expected);
        double error = standardError(pairs, marginals, kappa, expected);
        boolean unanimous = pairs.agreed() == pairs.pairs();
        double low = unanimous
                ? beyondChance(WilsonInterval.of(pairs.agreed(), pairs.pairs()).low(), expected)
                : kappa - WilsonInterval.Z * error;
        return new Kappa(kappa, error, Math.max(-1, low), Math.min(1, kappa + WilsonInterval.Z * error));
    }

    private static double beyondChance(double observed, double expected) {
        return (observed - expected) / (1 - expected);
    }

    /** Of Fleiss, Cohen and Everitt, as A + B - C. */
    private static double standardError(Confusion pairs, Marginals marginals, double kappa, double expected) {
        double a = 0;
        double b = 0;
        for (Confusion.Cell cell : pairs.cells()) {
            double share = (double) cell.count() / pairs.pairs();
            if (cell.said().equals(cell.is())) {
                double both = marginals.said(cell.said()) + marginals.is(cell.said());
                a += share * square(1 - both * (1 - kappa));
            } else {
                b += share * square(marginals.is(cell.said()) + marginals.said(cell.is()));
            }
        }
        double c = square(kappa - expected * (1 - kappa));
        double variance = (a + square(1 - kappa) * b - c) / (square(1 - expected) * pairs.pairs());
        return Math.sqrt(Math.max(0, variance));
    }

    private static double square(double value) {
        return value * value;
    }

    /** Shares of the categories with each rater. */
    private record Marginals(Confusion pairs) {
        double said(String category) {
            return (double) pairs.said(category) / pairs.pairs();
        }

        double is(String category) {
            return (double) pairs.is(category) / pairs.pairs();
        }

        double expected() {
            // Summed as whole numbers, so that one category alone is exactly 1.
            double products = pairs.categories().stream()
                    .mapToDouble(category -> (double) pairs.said(category) * pairs.is(category))
                    .sum();
            return products / ((double) pairs.pairs() * pairs.pairs());
        }
    }
}
