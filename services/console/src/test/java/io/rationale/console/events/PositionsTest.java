package io.rationale.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionsTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 300_000, Integer.MAX_VALUE, Long.MAX_VALUE})
    void shouldComeBackTheSame(long offset) {
        // given
        Positions positions = Positions.zero(3);
        positions.advance(1, offset);

        // when
        String text = positions.encode();

        // then
        assertThat(Positions.decode(text)).contains(positions);
        assertThat(text).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void shouldBeShort() {
        // given
        Positions positions = Positions.zero(6);
        for (int i = 0; i < 6; i++) {
            positions.advance(i, 1_000_000);
        }

        // then
        assertThat(positions.encode()).hasSizeLessThan(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "AAAA", "!!!", "MTIzNDU2Nzg5MA", "AwAAAAAAAAAAAAAAAAAAAAAA"})
    void shouldRefuseGarbage(String text) {
        assertThat(Positions.decode(text)).isEmpty();
    }

    @Test
    void shouldRefuseEveryDamage() {
        // given
        Positions positions = Positions.zero(4);
        positions.advance(2, 123_456_789);
        String text = positions.encode();
        Random random = new Random(7);

        for (int i = 0; i < text.length(); i++) {
            // when
            char other = "abcXYZ019".charAt(random.nextInt(9));
            String damaged = text.substring(0, i) + other + text.substring(i + 1);

            // then
            assertThat(damaged.equals(text)
                            || Positions.decode(damaged).isEmpty()
                            || Positions.decode(damaged).get().equals(positions))
                    .isTrue();
            assertThat(Positions.decode(text.substring(0, i))).isEmpty();
        }
    }

    @Test
    void shouldNeverGoBack() {
        // given
        Positions positions = Positions.zero(1);
        positions.advance(0, 5);

        // when
        positions.advance(0, 3);

        // then
        assertThat(positions.next(0)).isEqualTo(5);
    }
}
