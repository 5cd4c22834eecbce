package io.rationale.core.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rationale.core.json.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterTest {
    private static final Bytes BYTES = Bytes.of(new byte[] {0, (byte) 0xFF, 10});

    static List<DeadLetter> letters() {
        return List.of(
                new DeadLetter("k", BYTES, "r", "c", "f", new DeadLetter.Origin.Topic("file", 2, 1L << 40)),
                new DeadLetter("k", BYTES, "r", "c", null, new DeadLetter.Origin.File("a b.csv", 1L << 40)),
                new DeadLetter(null, Bytes.empty(), "r", "", null, new DeadLetter.Origin.Topic("t", 0, 0)));
    }

    @ParameterizedTest
    @MethodSource("letters")
    void shouldComeBackFromItsHeaders(DeadLetter letter) {
        assertThat(DeadLetter.of(letter.key(), letter.original(), letter.headers()))
                .isEqualTo(letter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reason", "cause", "topic", "partition", "offset"})
    void shouldRefuseHeadersThatLackOne(String missing) {
        // given
        Map<String, String> headers = new LinkedHashMap<>(letters().getFirst().headers());
        headers.remove(missing);

        // then
        assertThatIllegalArgumentException().isThrownBy(() -> DeadLetter.of("k", BYTES, headers));
    }

    @Test
    void shouldRefuseNumbersThatAreNone() {
        // given
        Map<String, String> headers = new LinkedHashMap<>(letters().get(1).headers());
        headers.put("line", "x");

        // then
        assertThatIllegalArgumentException().isThrownBy(() -> DeadLetter.of("k", BYTES, headers));
    }
}
