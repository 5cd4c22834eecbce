package io.rationale.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonIntervalTest {
    /**
     * R. G. Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven methods",
     * Statistics in Medicine 17 (1998), 857-872, table I, method 3.
     */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0.0000, 0.1611", "1, 29, 0.0061, 0.1718"})
    void shouldAgreeWithNewcombe(long count, long total, double low, double high) {
        WilsonInterval interval = WilsonInterval.of(count, total);

        assertThat(interval.low()).isEqualTo(low, within(0.00005));
        assertThat(interval.high()).isEqualTo(high, within(0.00005));
    }

    @Test
    void shouldMirrorSuccessesAndFailures() {
        WilsonInterval few = WilsonInterval.of(3, 17);
        WilsonInterval many = WilsonInterval.of(14, 17);

        assertThat(many.low()).isEqualTo(1 - few.high(), within(1e-12));
        assertThat(many.high()).isEqualTo(1 - few.low(), within(1e-12));
    }

    @Test
    void shouldKnowNothingWithoutTrials() {
        assertThat(WilsonInterval.of(0, 0)).isEqualTo(new WilsonInterval(0, 1));
    }

    @Test
    void shouldTouchTheEndsOnlyWithoutDoubt() {
        assertThat(WilsonInterval.of(0, 5).low()).isZero();
        assertThat(WilsonInterval.of(5, 5).high()).isOne();
        assertThat(WilsonInterval.of(1, 5).low()).isPositive();
    }

    @Test
    void shouldRefuseWhatIsNoShare() {
        assertThatThrownBy(() -> WilsonInterval.of(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WilsonInterval.of(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
