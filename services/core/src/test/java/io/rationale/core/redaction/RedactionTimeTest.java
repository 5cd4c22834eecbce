package io.rationale.core.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that somebody may send to keep the program busy: time in proportion to the square would take minutes. */
class RedactionTimeTest {
    private static final int LENGTH = 1 << 18;
    private static final Duration MOST = Duration.ofSeconds(20);

    private final Redactor redactor = Redactor.of(RedactionSettings.DEFAULT);

    static Stream<String> texts() {
        return Stream.of(
                        "1",
                        "1 ",
                        "+",
                        "@",
                        "a@",
                        "a.",
                        "(",
                        "(0",
                        ":",
                        "1:",
                        "a@a.",
                        "0 ",
                        "12.03.",
                        "DE89 ",
                        "\"",
                        "\"@a.de",
                        "jane at x dot ",
                        "a [at] ",
                        "[EMAIL-1] a@b.de ",
                        "\\u0040",
                        "a@b.de ",
                        "né1.2.1980",
                        "born 1.1.1980 and ",
                        "born ",
                        "tel 1 ",
                        "+49 ",
                        "1.2.3.4 ",
                        "::1 ",
                        "\u200B",
                        "\uFF11",
                        "電",
                        "4111 1111 ",
                        "&#64;",
                        "%40",
                        "\uD83D")
                .map(piece -> piece.repeat(LENGTH / piece.length()));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void shouldTakeTimeInProportionToTheText(String text) {
        List<String> redacted = Assertions.assertTimeoutPreemptively(MOST, () -> redactor.texts(List.of(text)));
        assertThat(redacted).hasSize(1);
    }
}
