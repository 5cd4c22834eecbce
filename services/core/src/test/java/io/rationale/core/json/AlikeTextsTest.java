package io.rationale.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlikeTextsTest {
    private static final String PIECES = "abc \"quoted\" \\ \n\t\u0001 <tag> äöü 漢字 😀";

    private final AlikeTexts texts = new AlikeTexts();

    @Test
    void shouldWriteEveryText() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<String> beginnings = List.of(text(random, 1_500), text(random, 3_000), "");

        for (int i = 0; i < 500; i++) {
            String text = beginnings.get(random.nextInt(3)) + text(random, random.nextInt(2_000));

            assertThat(written(text)).as("seed %d, text %d", seed, i).isEqualTo(text);
        }
    }

    @Test
    void shouldMindCharactersThatTwoTextsShareAPartOf() {
        String beginning = "x".repeat(AlikeTexts.LEAST_IN_COMMON);
        written(beginning + "😀");
        written(beginning + "😁");

        assertThat(written(beginning + "😂")).isEqualTo(beginning + "😂");
    }

    @Test
    void shouldWriteMoreKindsThanItRemembers() {
        for (int round = 0; round < 3; round++) {
            for (char kind = 'a'; kind <= 'z'; kind++) {
                String text = String.valueOf(kind).repeat(AlikeTexts.LEAST_IN_COMMON) + round;

                assertThat(written(text)).isEqualTo(text);
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

    private String written(String text) {
        JsonBuffer json = new JsonBuffer(16).append("\"");
        texts.appendInside(Bytes.utf8(text), json);
        return Json.read(json.append("\"").toArray(), String.class);
    }
}
