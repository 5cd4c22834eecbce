package io.rationale.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalQuantileTest {
    @ParameterizedTest
    @CsvSource({
        "0.5,      0.6744897501960817",
        "0.9,      1.6448536269514722",
        "0.95,     1.959963984540054",
        "0.99,     2.5758293035489004",
        "0.999,    3.2905267314918945",
        "0.9999,   3.8905918864131",
        "0.99999,  4.417173413469",
        "0.999999, 4.891638475698",
    })
    void shouldGiveTheTabulatedQuantiles(double level, double quantile) {
        assertThat(NormalQuantile.twoSided(level)).isCloseTo(quantile, within(1e-10));
    }

    @Test
    void shouldBeTheQuantileOfTheIntervals() {
        assertThat(NormalQuantile.twoSided(0.95)).isCloseTo(WilsonInterval.Z, within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
    void shouldKnowNoOtherLevels(double level) {
        assertThatIllegalArgumentException().isThrownBy(() -> NormalQuantile.twoSided(level));
    }
}
