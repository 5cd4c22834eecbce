package io.rationale.console.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.r1.Usage;
import org.junit.jupiter.api.Test;

class ExactTest {
    @Test
    void shouldLeaveNoDustBehind() {
        double third = Exact.of(1000.0 / 3);
        double tenth = Exact.of(0.1);

        assertThat(third + tenth - third).isEqualTo(tenth);
        assertThat(0.1 + 1000.0 / 3 - 1000.0 / 3).isNotEqualTo(0.1);
    }

    @Test
    void shouldSumSharesToWholeTokens() {
        Usage share = Exact.of(new Usage(1000, 301, 7, 0).share(7));
        Usage sum = Usage.NONE;
        for (int i = 0; i < 7; i++) {
            sum = sum.plus(share);
        }

        assertThat(Exact.whole(sum)).isEqualTo(new Usage(1000, 301, 7, 0));
    }
}
