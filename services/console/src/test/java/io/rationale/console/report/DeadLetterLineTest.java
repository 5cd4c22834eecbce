package io.rationale.console.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.json.Bytes;
import org.junit.jupiter.api.Test;

class DeadLetterLineTest {
    @Test
    void shouldGiveTextAndBytesOfWhatIsReadable() {
        DeadLetter letter = new DeadLetter(
                "k", Bytes.utf8("ä\n"), "blank-text", "Say something.", "text", new DeadLetter.Origin.File("a.csv", 7));

        assertThat(DeadLetterLine.of(letter))
                .isEqualTo("{\"key\":\"k\",\"reason\":\"blank-text\",\"cause\":\"Say something.\",\"field\":\"text\","
                        + "\"origin\":{\"file\":\"a.csv\",\"line\":7},\"text\":\"ä\\n\",\"base64\":\"w6QK\"}");
    }

    @Test
    void shouldGiveOnlyTheBytesOfWhatIsNot() {
        DeadLetter letter = new DeadLetter(
                "k",
                Bytes.of(new byte[] {(byte) 0xFF}),
                "wrong-encoding",
                "Send UTF-8.",
                null,
                new DeadLetter.Origin.Topic("rationale.notes", 1, 42));

        assertThat(DeadLetterLine.of(letter))
                .isEqualTo(
                        "{\"key\":\"k\",\"reason\":\"wrong-encoding\",\"cause\":\"Send UTF-8.\","
                                + "\"origin\":{\"topic\":\"rationale.notes\",\"partition\":1,\"offset\":42},\"base64\":\"/w==\"}");
    }
}
