package io.rationale.classifier.r1.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RejectionCapTest {
    private final RejectionCap cap = new RejectionCap(1);

    @Test
    void shouldBeNoneBeforeARejection() {
        // when
        cap.answered();

        // then
        assertThat(cap.calls()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldCutOnceForCallsThatWereUnderWayTogether() {
        // when
        cap.rejected(5, 40, 41);
        cap.rejected(40, 39, 41);

        // then
        assertThat(cap.calls()).isEqualTo(28);
        cap.rejected(41, 28, 42);
        assertThat(cap.calls()).isEqualTo(19);
    }

    @Test
    void shouldNotFallBelowTheLeast() {
        // when
        for (int i = 0; i < 20; i++) {
            cap.rejected(i, 1, i + 1);
        }

        // then
        assertThat(cap.calls()).isEqualTo(1);
    }

    @Test
    void shouldComeBackQuicklyAndThenCarefully() {
        // given
        cap.rejected(0, 40, 1);

        // when
        answered(40);
        int afterOneRound = cap.calls();
        answered(40);
        int afterTwo = cap.calls();

        // then
        assertThat(afterOneRound).isBetween(35, 37);
        assertThat(afterTwo - afterOneRound).isBetween(1, 2);
    }

    @Test
    void shouldSearchQuicklyWhereTheTroubleIsOver() {
        // given
        cap.rejected(0, 10, 1);

        // when
        answered(200);

        // then
        assertThat(cap.calls()).isGreaterThan(100);
    }

    private void answered(int calls) {
        for (int i = 0; i < calls; i++) {
            cap.answered();
        }
    }
}
