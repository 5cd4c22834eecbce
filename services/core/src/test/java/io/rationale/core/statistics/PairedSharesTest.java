package io.rationale.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedSharesTest {
    /**
     * Complete response before and after consolidation therapy, and airway hyper-responsiveness before and after stem cell
     * transplantation: M. W. Fagerland, S. Lydersen, P. Laake, "Statistical Analysis of Contingency Tables" (2017), chapter
     * 8, "Newcombe square-and-add". Then the first table of Newcombe's own paper, and table 6.2 of D. G. Altman et al.,
     * "Statistics with Confidence" (2000).
     */
    @ParameterizedTest
    @CsvSource({
        "59,  6, 16, 80, -0.0621, -0.1186, -0.0046",
        " 1,  1,  7, 12, -0.2857, -0.5069, -0.0256",
        "36, 12,  2,  0,  0.2000,  0.0569,  0.3404",
        "14,  5,  0, 22,  0.1220,  0.0115,  0.2265",
    })
    void shouldGiveThePublishedIntervals(
            long both, long nowOnly, long beforeOnly, long neither, double difference, double low, double high) {
        // when
        ShareChange change = new PairedShares(both, nowOnly, beforeOnly, neither).change();

        // then
        assertThat(change.difference()).isCloseTo(difference, within(0.00005));
        assertThat(change.low()).isCloseTo(low, within(0.00005));
        assertThat(change.high()).isCloseTo(high, within(0.00005));
    }

    @Test
    void shouldMirrorWhenTheCountingsChangePlaces() {
        // when
        ShareChange change = new PairedShares(30, 12, 5, 53).change();
        ShareChange mirrored = new PairedShares(30, 5, 12, 53).change();

        // then
        assertThat(mirrored.low()).isCloseTo(-change.high(), within(1e-12));
        assertThat(mirrored.high()).isCloseTo(-change.low(), within(1e-12));
    }

    @Test
    void shouldBeSurerThanAboutDifferentNotes() {
        // when
        ShareChange paired = new PairedShares(300, 20, 10, 670).change();
        ShareChange unpaired = ShareChange.of(320, 1_000, 310, 1_000);

        // then
        assertThat(paired.difference()).isCloseTo(unpaired.difference(), within(1e-12));
        assertThat(paired.high() - paired.low()).isLessThan((unpaired.high() - unpaired.low()) / 3);
    }

    @Test
    void shouldHoldWhatItPromisesOfManySamples() {
        // given: a label of 10 %, a tenth of which moves away while 2 % of the others move in
        Random random = new Random(7);
        double difference = 0.9 * 0.02 - 0.1 * 0.1;
        int covered = 0;

        // when
        for (int sample = 0; sample < 2_000; sample++) {
            long[] cells = new long[4];
            for (int note = 0; note < 200; note++) {
                boolean was = random.nextDouble() < 0.1;
                boolean is = was ? random.nextDouble() >= 0.1 : random.nextDouble() < 0.02;
                cells[(was ? 2 : 0) + (is ? 1 : 0)]++;
            }
            ShareChange change = new PairedShares(cells[3], cells[1], cells[2], cells[0]).change();
            covered += change.low() <= difference && difference <= change.high() ? 1 : 0;
        }

        // then
        assertThat(covered / 2_000.0).isBetween(0.93, 0.99);
    }

    @Test
    void shouldTakeNotesThatNeverMovedForNoChange() {
        assertThat(new PairedShares(40, 0, 0, 60).change().significant()).isFalse();
        assertThat(new PairedShares(0, 0, 0, 60).change().difference()).isZero();
    }

    @Test
    void shouldKnowNoShareOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PairedShares(0, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new PairedShares(-1, 1, 1, 1));
    }
}
