package io.rationale.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuotedTextTest {
    private record Quoted(
            @JsonSerialize(using = QuotedText.class) String text) {}

    private record Ordinary(String text) {}

    @Test
    void shouldWriteEveryCharacterAsTheGeneratorDoes() {
        // given
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0x3000; c++) {
            all.appendCodePoint(c);
        }
        String text = all.append("\u2028\ufeff\ufffd").toString();

        // then
        assertThat(Json.line(new Quoted(text))).isEqualTo(Json.line(new Ordinary(text)));
        assertThat(Json.bytes(new Quoted(text))).isEqualTo(Json.bytes(new Ordinary(text)));
    }

    @Test
    void shouldWriteTextOfAnyLengthAsTheGeneratorDoes() {
        // given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "\"\\\n\u0001abcdefgé漢";
        StringBuilder text = new StringBuilder();

        for (int length = 0; length < 40_000; length = 1 + length * 3) {
            // when
            text.setLength(0);
            for (int i = 0; i < length; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }

            // then
            assertThat(Json.bytes(new Quoted(text.toString())))
                    .as("seed %d, length %d", seed, length)
                    .isEqualTo(Json.bytes(new Ordinary(text.toString())));
        }
    }

    @Test
    void shouldWriteCharactersBeyondTheBasicPlane() {
        assertThat(Json.read(Json.bytes(new Quoted("a\ud83d\ude80\"")), Ordinary.class))
                .isEqualTo(new Ordinary("a\ud83d\ude80\""));
    }

    @Test
    void shouldLeaveNullOut() {
        assertThat(Json.line(new Quoted(null))).isEqualTo(Json.line(new Ordinary(null)));
    }
}
