package io.rationale.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonBufferTest {
    private static byte[] quoted(String text, int expected) {
        return new JsonBuffer(expected)
                .append("\"")
                .appendInside(Bytes.utf8(text))
                .append("\"")
                .toArray();
    }

    @Test
    void shouldWriteEveryCharacter() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0x3000; c++) {
            all.appendCodePoint(c);
        }
        all.append("😀");

        assertThat(Json.read(quoted(all.toString(), 10), String.class)).isEqualTo(all.toString());
    }

    @Test
    void shouldGrowWhateverIsEscaped() {
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            int length = random.nextInt(300);
            StringBuilder text = new StringBuilder();
            while (text.length() < length) {
                text.append("a\"\\\u0001\nü".charAt(random.nextInt(6)));
            }

            assertThat(quoted(text.toString(), random.nextInt(20)))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(Json.line(text.toString()));
        }
    }

    @Test
    void shouldHandOverWhatWasAppended() {
        assertThat(new JsonBuffer(1)
                        .append("{\"a\":")
                        .append("x1y".getBytes(StandardCharsets.UTF_8), 1, 2)
                        .append("}")
                        .written())
                .isEqualTo(Bytes.utf8("{\"a\":1}"));
    }
}
