package io.rationale.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlikeStringsTest {
    private static final String PIECES = "abc \"quoted\" \\ \n\t\u0001 <tag> äöü 漢字 😀";

    private final AlikeStrings strings = new AlikeStrings();

    @Test
    void shouldWriteEveryStringAsTheGeneratorDoes() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<String> beginnings = List.of(text(random, 1_500), text(random, 3_000), "");

        for (int i = 0; i < 500; i++) {
            String text = beginnings.get(random.nextInt(3)) + text(random, random.nextInt(2_000));

            assertThat(written(text)).as("seed %d, string %d", seed, i).isEqualTo(Json.bytes(text));
        }
    }

    @Test
    void shouldNotCutASurrogatePairThatTwoStringsShareHalfOf() {
        String beginning = "x".repeat(AlikeStrings.LEAST_IN_COMMON);
        written(beginning + "😀");
        written(beginning + "😁");

        assertThat(written(beginning + "😂")).isEqualTo(Json.bytes(beginning + "😂"));
    }

    @Test
    void shouldWriteMoreKindsThanItRemembers() {
        for (int round = 0; round < 3; round++) {
            for (char kind = 'a'; kind <= 'z'; kind++) {
                String text = String.valueOf(kind).repeat(AlikeStrings.LEAST_IN_COMMON) + round;

                assertThat(written(text)).isEqualTo(Json.bytes(text));
            }
        }
    }

    private static String text(Random random, int characters) {
        StringBuilder text = new StringBuilder();
        while (text.codePointCount(0, text.length()) < characters) {
            int[] codePoints = PIECES.codePoints().toArray();
            text.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
        }
        return text.toString();
    }

    private byte[] written(String text) {
        return Json.written(json -> strings.write(text, json)).toArray();
    }
}
