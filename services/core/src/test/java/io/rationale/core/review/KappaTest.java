package io.rationale.core.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rationale.core.statistics.WilsonInterval;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KappaTest {
    /**
     * J. L. Fleiss, B. Levin, M. C. Paik, Statistical Methods for Rates and Proportions, 3rd edition, 2003, table 18.1: 100
     * patients whom two raters called psychotic, neurotic or organic; kappa 0.68. The standard error was computed
     * independently of this code, and agrees with the delta method applied to the table numerically.
     */
    @Test
    void shouldAgreeWithTheTextbook() {
        // when
        Kappa kappa = Kappa.of(Tables.of(new long[] {75, 1, 4}, new long[] {5, 4, 1}, new long[] {0, 0, 10}))
                .orElseThrow();

        // then
        assertThat(kappa.value()).isCloseTo(0.676_470_588_235, within(1e-12));
        assertThat(kappa.standardError()).isCloseTo(0.087_702_953_475, within(1e-12));
        assertThat(kappa.low()).isCloseTo(0.504_575_958, within(1e-8));
        assertThat(kappa.high()).isCloseTo(0.848_365_218, within(1e-8));
    }

    @Test
    void shouldHaveTheErrorThatTheDeltaMethodFinds() {
        // given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 100; run++) {
            long[][] table = new long[2 + random.nextInt(4)][];
            for (int i = 0; i < table.length; i++) {
                table[i] = random.longs(table.length, 0, 30).toArray();
                table[i][i] += 1;
                table[i][(i + 1) % table.length] += 1;
            }

            // when
            Kappa kappa = Kappa.of(Tables.of(table)).orElseThrow();

            // then
            assertThat(kappa.standardError()).as("seed %d", seed).isCloseTo(deltaMethod(table), within(1e-6));
            assertThat(kappa.low()).as("seed %d", seed).isBetween(-1.0, kappa.value());
            assertThat(kappa.high()).as("seed %d", seed).isBetween(kappa.value(), 1.0);
        }
    }

    /** From numerical derivatives of kappa by the cells. */
    private static double deltaMethod(long[][] table) {
        double n = 0;
        for (long[] row : table) {
            for (long count : row) {
                n += count;
            }
        }
        double mean = 0;
        double square = 0;
        double step = 1e-6;
        for (int i = 0; i < table.length; i++) {
            for (int j = 0; j < table.length; j++) {
                double derivative = (kappa(table, n, i, j, step) - kappa(table, n, i, j, -step)) / (2 * step);
                mean += table[i][j] / n * derivative;
                square += table[i][j] / n * derivative * derivative;
            }
        }
        return Math.sqrt((square - mean * mean) / n);
    }

    private static double kappa(long[][] table, double n, int row, int column, double more) {
        double[] said = new double[table.length];
        double[] is = new double[table.length];
        double observed = 0;
        for (int i = 0; i < table.length; i++) {
            for (int j = 0; j < table.length; j++) {
                double share = table[i][j] / n + (i == row && j == column ? more : 0);
                said[i] += share;
                is[j] += share;
                observed += i == j ? share : 0;
            }
        }
        double expected = 0;
        for (int i = 0; i < table.length; i++) {
            expected += said[i] * is[i];
        }
        return (observed - expected) / (1 - expected);
    }

    @Test
    void shouldNotCallFewPairsCertainThatAllAgree() {
        // when
        Kappa kappa = Kappa.of(Tables.of(new long[] {3, 0}, new long[] {0, 3})).orElseThrow();

        // then
        assertThat(kappa.value()).isEqualTo(1);
        assertThat(kappa.standardError()).isZero();
        assertThat(kappa.low()).isCloseTo((WilsonInterval.of(6, 6).low() - 0.5) / 0.5, within(1e-12));
        assertThat(kappa.high()).isEqualTo(1);
    }

    @Test
    void shouldBeNegativeWhereAgreementIsLessThanByChance() {
        Kappa kappa = Kappa.of(Tables.of(new long[] {0, 5}, new long[] {5, 0})).orElseThrow();

        assertThat(kappa.value()).isEqualTo(-1);
        assertThat(kappa.low()).isEqualTo(-1);
    }

    @Test
    void shouldBeUndefinedWithoutPairsAndForOneCategory() {
        assertThat(Kappa.of(new Confusion(List.of()))).isEmpty();
        assertThat(Kappa.of(Tables.of(new long[] {7}))).isEmpty();
        assertThat(Kappa.of(Tables.of(new long[] {0, 7}))).isPresent();
    }
}
