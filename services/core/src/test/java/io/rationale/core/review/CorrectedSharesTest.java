package io.rationale.core.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.rationale.core.review.CorrectedShares.Corrected;
import io.rationale.core.review.CorrectedShares.Variance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CorrectedSharesTest {
    private static final double PIXELS = 10_000_000;

    /**
     * P. Olofsson et al., Remote Sensing of Environment 148 (2014), 42-57, the example of section 5: a map of 10 million
     * pixels (deforestation, forest gain, stable forest, stable non-forest), of which 640 were looked at. Published: 235,086
     * pixels of deforestation. The other numbers were computed from the same matrix independently of this code.
     */
    @Test
    void shouldAgreeWithThePublicationInThePlainForm() {
        // given
        Map<String, Long> map = Map.of("c0", 200_000L, "c1", 150_000L, "c2", 3_200_000L, "c3", 6_450_000L);
        Confusion reference =
                Tables.of(new long[] {66, 0, 5, 4}, new long[] {0, 55, 8, 12}, new long[] {1, 0, 153, 11}, new long[] {
                    2, 1, 9, 313
                });

        // when
        CorrectedShares corrected = CorrectedShares.of(map, reference, 5, Variance.PLAIN);

        // then
        assertThat(corrected.measuredShare()).isEqualTo(1);
        isClose(corrected.shares().get("c0"), 235_086, 34_907);
        isClose(corrected.shares().get("c1"), 129_846, 21_292);
        isClose(corrected.shares().get("c2"), 3_175_221, 87_924);
        isClose(corrected.shares().get("c3"), 6_459_846, 92_300);
        Corrected deforestation = corrected.shares().get("c0");
        assertThat((deforestation.high() - deforestation.share()) * PIXELS).isCloseTo(68_418, within(2.0));
    }

    private static void isClose(Corrected corrected, double share, double standardError) {
        assertThat(corrected.share() * PIXELS).isCloseTo(share, within(0.5));
        assertThat(corrected.standardError() * PIXELS).isCloseTo(standardError, within(0.5));
    }

    @Test
    void shouldBeTheIntervalOfAgrestiAndCoullForOneStratum() {
        // when 8 of 10 notes of the only label are right
        CorrectedShares corrected = CorrectedShares.of(Map.of("c0", 500L), Tables.of(new long[] {8, 2}), 5);

        // then
        double adjusted = 10.0 / 14;
        assertThat(corrected.shares().get("c0").share()).isEqualTo(0.8);
        assertThat(corrected.shares().get("c0").standardError())
                .isCloseTo(Math.sqrt(adjusted * (1 - adjusted) / 14), within(1e-12));
        assertThat(corrected.shares().get("c1").share()).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void shouldNotCallAStratumCertainThatWasReadUnanimously() {
        Corrected all = CorrectedShares.of(Map.of("c0", 1_000L), Tables.of(new long[] {5}), 5)
                .shares()
                .get("c0");

        assertThat(all.share()).isEqualTo(1);
        assertThat(all.low()).isLessThan(0.8);
        assertThat(all.high()).isEqualTo(1);
    }

    @Test
    void shouldTakeWhatWasHardlyReadAsR1SaidAndSaySo() {
        // given
        Map<String, Long> verdicts = Map.of("c0", 80L, "c1", 20L);
        Confusion reviewed = Tables.of(new long[] {5, 5}, new long[] {4, 0});

        // when
        CorrectedShares corrected = CorrectedShares.of(verdicts, reviewed, 5);

        // then
        assertThat(corrected.measuredShare()).isEqualTo(0.8);
        assertThat(corrected.shares().get("c0").share()).isCloseTo(0.4, within(1e-12));
        assertThat(corrected.shares().get("c1").share()).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void shouldCorrectNothingThatWasNotMeasured() {
        assertThat(CorrectedShares.of(Map.of("c0", 80L), new Confusion(List.of()), 5))
                .isEqualTo(new CorrectedShares(Map.of(), 0));
        assertThat(CorrectedShares.of(Map.of(), new Confusion(List.of()), 5).shares())
                .isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorrectedShares.of(Map.of(), new Confusion(List.of()), 1));
    }

    /** Three labels; a person agrees with 80 % of each, and gives the rest mostly to one other. */
    @Test
    void shouldHoldTheTruthInNineteenOfTwentySamples() {
        // given
        long seed = 20_261_122;
        Random random = new Random(seed);
        double[] weights = {0.6, 0.3, 0.1};
        double[][] people = {{0.8, 0.18, 0.02}, {0.02, 0.8, 0.18}, {0.18, 0.02, 0.8}};
        double[] truth = new double[3];
        Map<String, Long> verdicts = new HashMap<>();
        for (int i = 0; i < 3; i++) {
            verdicts.put(Tables.name(i), Math.round(weights[i] * 10_000));
            for (int j = 0; j < 3; j++) {
                truth[j] += weights[i] * people[i][j];
            }
        }
        int runs = 4_000;
        int[] held = new int[3];
        double[] means = new double[3];

        // when labels are read to unequal parts
        for (int run = 0; run < runs; run++) {
            long[][] table = new long[3][3];
            for (int note = 0; note < 120; note++) {
                table[note % 3][drawn(people[note % 3], random)]++;
            }
            CorrectedShares corrected = CorrectedShares.of(verdicts, Tables.of(table), 5);
            for (int j = 0; j < 3; j++) {
                Corrected share = corrected.shares().get(Tables.name(j));
                means[j] += share.share() / runs;
                held[j] += share.low() <= truth[j] && truth[j] <= share.high() ? 1 : 0;
            }
        }

        // then
        for (int j = 0; j < 3; j++) {
            assertThat(means[j]).as("seed %d", seed).isCloseTo(truth[j], within(0.005));
            assertThat(held[j] / (double) runs).as("seed %d", seed).isBetween(0.935, 0.975);
        }
    }

    private static int drawn(double[] shares, Random random) {
        double at = random.nextDouble();
        int category = 0;
        while (category < shares.length - 1 && at >= shares[category]) {
            at -= shares[category++];
        }
        return category;
    }
}
