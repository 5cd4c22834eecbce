package io.rationale.console.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void shouldWrapAtSpaces() {
        assertThat(TextTable.wrap("one two three", 7)).containsExactly("one two", "three");
    }

    @Test
    void shouldBreakAWordThatFitsNoLine() {
        assertThat(TextTable.wrap("a abcdefgh", 4)).containsExactly("a", "abcd", "efgh");
    }

    @Test
    void shouldNeverBreakWithinAnEmoji() {
        assertThat(TextTable.wrap("👩‍🔬👩‍🔬👩‍🔬", 4)).containsExactly("👩‍🔬👩‍🔬", "👩‍🔬");
    }

    @Test
    void shouldMeasureWhatATerminalShows() {
        assertThat(DisplayWidth.of("e\u0301")).isEqualTo(1);
        assertThat(DisplayWidth.of("漢字")).isEqualTo(4);
        assertThat(DisplayWidth.of("👍🏽")).isEqualTo(2);
        assertThat(DisplayWidth.of("❤️")).isEqualTo(2);
        assertThat(DisplayWidth.of("سلام")).isEqualTo(4);
    }
}
