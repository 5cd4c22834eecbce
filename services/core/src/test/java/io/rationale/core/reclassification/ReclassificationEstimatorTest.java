package io.rationale.core.reclassification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rationale.core.r1.Usage;
import io.rationale.core.reclassification.ReclassificationEstimator.Batches;
import io.rationale.core.reclassification.ReclassificationEstimator.Instructions;
import io.rationale.core.reclassification.ReclassificationEstimator.Prices;
import io.rationale.core.reclassification.ReclassificationEstimator.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReclassificationEstimatorTest {
    private static final Batches EIGHT = new Batches(8, 12_000);
    private static final Instructions SAME = new Instructions(2_000, 1);

    @Test
    void shouldTakeAsMuchAsBeforeWhereNothingDiffers() {
        // given: 80 notes, eight in a call, 250 tokens of instructions each and 50 of their own
        SpentBefore before = times(SpentBefore.none(8), 80, new Usage(300, 400, 40, 200), 50);

        // when
        ReclassificationEstimate estimate = estimate(new Wanted(80, 3, 80, 50), List.of(before), SAME);

        // then
        assertThat(estimate.notes()).isEqualTo(80);
        assertThat(estimate.already()).isEqualTo(3);
        assertThat(estimate.tokens().prompt()).isEqualTo(24_000);
        assertThat(estimate.tokens().cached()).isEqualTo(16_000);
        assertThat(estimate.tokens().reasoning()).isEqualTo(32_000);
        assertThat(estimate.tokens().answer()).isEqualTo(3_200);
        assertThat(estimate.tokens().total()).isEqualTo(59_200);
        assertThat(estimate.basis().batch()).isEqualTo(8);
        assertThat(estimate.seconds()).isNull();
        assertThat(estimate.money()).isNull();
    }

    @Test
    void shouldComputePromptsOfALongerTaxonomy() {
        // given
        SpentBefore before = times(SpentBefore.none(8), 80, new Usage(300, 400, 40, 0), 50);

        // when
        ReclassificationEstimate estimate =
                estimate(new Wanted(80, 0, 80, 50), List.of(before), new Instructions(6_000, 1));

        // then
        assertThat(estimate.tokens().prompt()).isEqualTo(80 * (750 + 50));
    }

    @Test
    void shouldCountEqualNotesOnce() {
        // given
        SpentBefore before = times(SpentBefore.none(8), 80, new Usage(300, 400, 40, 0), 50);

        // when
        ReclassificationEstimate estimate = estimate(new Wanted(800, 0, 80, 50), List.of(before), SAME);

        // then
        assertThat(estimate.notes()).isEqualTo(800);
        assertThat(estimate.tokens().total()).isEqualTo(80 * 740);
    }

    @Test
    void shouldTellTimeAndMoney() {
        // given
        SpentBefore before = times(SpentBefore.none(8), 80, new Usage(300, 400, 40, 200), 50);

        // when
        ReclassificationEstimate estimate = ReclassificationEstimator.estimate(
                new Wanted(80, 0, 80, 50),
                List.of(before),
                SAME,
                SAME,
                EIGHT,
                Optional.of(352.0),
                Optional.of(new Prices("EUR", 1, 0.1, 4)));

        // then
        assertThat(estimate.seconds()).isEqualTo(100);
        assertThat(estimate.money().currency()).isEqualTo("EUR");
        assertThat(estimate.money().amount()).isEqualTo(0.1504);
    }

    @Test
    void shouldSayLittleWithoutAnyVerdict() {
        // when
        ReclassificationEstimate estimate = estimate(new Wanted(8, 0, 8, 50), List.of(), SAME);

        // then
        assertThat(estimate.tokens().prompt()).isEqualTo(2_400);
        assertThat(estimate.tokens().reasoning()).isZero();
        assertThat(estimate.basis().notes()).isZero();
    }

    @Test
    void shouldTakeNothingForNothing() {
        assertThat(estimate(new Wanted(0, 5, 0, 0), List.of(), SAME).tokens().total())
                .isZero();
    }

    /** Thoughts as R1's: heavy tails, and longer with the notes of a call by that power. */
    @ParameterizedTest
    @CsvSource({"1, 8, 0.5", "8, 1, 0.5", "1, 8, 1.0", "4, 8, 0.2", "8, 8, 0.5", "1, 16, 0.5"})
    void shouldBeWithinAFifthOfWhatIsThenSpent(int batchBefore, int batchThen, double growth) {
        // given: mostly batches of one size, some of the other
        Random random = new Random(7);
        List<SpentBefore> before = new ArrayList<>();
        before.add(seen(random, batchBefore, 1_600, growth));
        if (batchBefore != batchThen) {
            before.add(seen(random, Math.max(2, batchThen / 2), 160, growth));
        }

        // when
        ReclassificationEstimate estimate = ReclassificationEstimator.estimate(
                new Wanted(1_600, 0, 1_600, 60),
                before,
                SAME,
                new Instructions(3_000, 1),
                new Batches(batchThen, 12_000),
                Optional.empty(),
                Optional.empty());

        // then
        double then = 0;
        for (int call = 0; call < 1_600 / batchThen; call++) {
            then += 3_000 + batchThen * (60 + 30) + thought(random, batchThen, growth);
        }
        assertThat((double) estimate.tokens().total()).isCloseTo(then, within(0.2 * then));
        assertThat(then).isBetween((double) estimate.tokens().low(), (double)
                estimate.tokens().high());
    }

    private static SpentBefore seen(Random random, int batch, int notes, double growth) {
        SpentBefore seen = SpentBefore.none(batch);
        for (int call = 0; call < notes / batch; call++) {
            double thought = thought(random, batch, growth);
            Usage share = new Usage(2_000.0 / batch + 60, thought / batch, 30, 0);
            seen = times(seen, batch, share, 60);
        }
        return seen;
    }

    private static double thought(Random random, int batch, double growth) {
        return 300 * Math.exp(0.6 * random.nextGaussian()) * Math.pow(batch, growth);
    }

    private static SpentBefore times(SpentBefore before, int notes, Usage each, double contents) {
        SpentBefore sum = before;
        for (int i = 0; i < notes; i++) {
            sum = sum.plus(each, 1, contents);
        }
        return sum;
    }

    private static ReclassificationEstimate estimate(Wanted wanted, List<SpentBefore> before, Instructions now) {
        return ReclassificationEstimator.estimate(wanted, before, SAME, now, EIGHT, Optional.empty(), Optional.empty());
    }
}
