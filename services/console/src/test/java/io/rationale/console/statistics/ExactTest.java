package io.rationale.console.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.r1.Usage;
import org.junit.jupiter.api.Test;

class ExactTest {
    @Test
    void shouldLeaveNoDustBehind() {
        long third = Exact.units(1000.0 / 3);
        long tenth = Exact.units(0.1);

        assertThat(third + tenth - third).isEqualTo(tenth);
        assertThat(0.1 + 1000.0 / 3 - 1000.0 / 3).isNotEqualTo(0.1);
    }

    @Test
    void shouldSumSharesToWholeTokens() {
        Usage share = new Usage(1000, 301, 7, 0).share(7);
        Sums sums = new Sums();
        for (int i = 0; i < 7; i++) {
            sums.add(1, 0, share, null);
        }

        assertThat(Exact.whole(sums.usage())).isEqualTo(new Usage(1000, 301, 7, 0));
    }

    @Test
    void shouldTakeAwayAgainWhatNoTrueNumberCanBe() {
        Sums sums = new Sums();
        sums.add(1, Exact.units(0.5), new Usage(3, 2, 1, 0), "r1");

        sums.add(1, Exact.units(1e300), new Usage(1e300, -1e300, Double.MAX_VALUE, 0), "x");
        sums.add(-1, Exact.units(1e300), new Usage(1e300, -1e300, Double.MAX_VALUE, 0), "x");

        assertThat(sums.agreement()).isEqualTo(0.5);
        assertThat(sums.usage()).isEqualTo(new Usage(3, 2, 1, 0));
        assertThat(sums.models()).containsOnlyKeys("r1");
    }
}
