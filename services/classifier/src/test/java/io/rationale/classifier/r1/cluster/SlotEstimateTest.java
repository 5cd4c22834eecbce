package io.rationale.classifier.r1.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlotEstimateTest {
    private final SlotEstimate estimate = new SlotEstimate();

    @Test
    void shouldBelieveMoreAtOnce() {
        // when
        estimate.proof(7, false);
        estimate.proof(32, true);

        // then
        assertThat(estimate.slots()).isEqualTo(32);
    }

    @Test
    void shouldBelieveLessOnlyAfterARowOfQueuedProofs() {
        // given
        estimate.proof(32, false);

        // when
        proofs(3, 30, true);
        estimate.proof(30, false);
        proofs(3, 30, true);

        // then
        assertThat(estimate.slots()).isEqualTo(32);
        estimate.proof(29, true);
        assertThat(estimate.slots()).isEqualTo(30);
    }

    @Test
    void shouldNotBelieveLessWithoutAQueue() {
        // given
        estimate.proof(32, false);

        // when
        proofs(100, 2, false);

        // then
        assertThat(estimate.slots()).isEqualTo(32);
    }

    @Test
    void shouldFallInSteps() {
        // given
        estimate.proof(32, false);

        // when
        proofs(4, 2, true);

        // then
        assertThat(estimate.slots()).isEqualTo(24);
    }

    private void proofs(int count, int proven, boolean queued) {
        for (int i = 0; i < count; i++) {
            estimate.proof(proven, queued);
        }
    }
}
