package io.rationale.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.rationale.core.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareChangeTest {
    /** The worked examples of Newcombe (1998), table II, row 10. */
    @ParameterizedTest
    @CsvSource({
        "56, 70, 48, 80,  0.0524, 0.3339",
        " 9, 10,  3, 10,  0.1705, 0.8090",
        " 6,  7,  2,  7,  0.0582, 0.8062",
        " 5, 56,  0, 29, -0.0381, 0.1926",
        " 0, 10,  0, 20, -0.1611, 0.2775",
        " 0, 10,  0, 10, -0.2775, 0.2775",
        "10, 10,  0, 20,  0.6791, 1.0000",
        "10, 10,  0, 10,  0.6075, 1.0000",
    })
    void shouldGiveThePublishedIntervals(
            long count, long total, long before, long totalBefore, double low, double high) {
        // when
        ShareChange change = ShareChange.of(count, total, before, totalBefore);

        // then
        assertThat(change.difference()).isEqualTo((double) count / total - (double) before / totalBefore);
        assertThat(change.low()).isCloseTo(low, within(0.00005));
        assertThat(change.high()).isCloseTo(high, within(0.00005));
    }

    @Test
    void shouldBeSignificantOnlyWhenTheIntervalLeavesOutZero() {
        assertThat(ShareChange.of(56, 70, 48, 80).significant()).isTrue();
        assertThat(ShareChange.of(48, 80, 56, 70).significant()).isTrue();
        assertThat(ShareChange.of(5, 56, 0, 29).significant()).isFalse();
        assertThat(ShareChange.of(3, 9, 3, 9).significant()).isFalse();
    }

    @Test
    void shouldComeBackFromJson() {
        // given
        ShareChange change = ShareChange.of(56, 70, 48, 80);

        // when
        byte[] json = Json.bytes(change);

        // then
        assertThat(Json.tree(json).path("significant").asBoolean()).isTrue();
        assertThat(Json.read(json, ShareChange.class)).isEqualTo(change);
    }

    @Test
    void shouldKnowNoShareOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> ShareChange.of(0, 0, 1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> ShareChange.of(1, 2, 0, 0));
    }
}
