package io.rationale.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
    @ParameterizedTest
    @CsvSource({"20, 60", "60, 60", "121, 121", "160, 160", "5000, 160", "-3, 60"})
    void shouldKeepTablesReadable(String columns, int width) {
        assertThat(Terminal.width(Map.of("COLUMNS", columns))).isEqualTo(width);
    }

    @ParameterizedTest
    @CsvSource({"''", "wide", "99999999999"})
    void shouldFallBackWhenTheWidthIsNoNumber(String columns) {
        assertThat(Terminal.width(Map.of("COLUMNS", columns))).isEqualTo(100);
    }

    @Test
    void shouldFallBackWhenNothingIsKnown() {
        assertThat(Terminal.width(Map.of())).isEqualTo(100);
    }
}
