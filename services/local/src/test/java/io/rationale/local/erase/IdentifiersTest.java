package io.rationale.local.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {
    private final Identifiers identifiers = new Identifiers(List.of("Zoë  Öz", "zo@example.org"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zoë öz",
                "… of ZOË\n\t ÖZ, who",
                "Zoe\u0308 O\u0308z",
                "Zoë\u00a0Öz",
                "Zo\u00adë Öz",
                "Zoë Özs Akte",
                "Write to ZO@EXAMPLE.ORG!",
                "ｚｏ@example.org"
            })
    void shouldFindThemHoweverTheyAreWritten(String text) {
        // when
        String left = identifiers.removedFrom(text);

        // then
        assertThat(identifiers.standIn(text)).isTrue();
        assertThat(identifiers.standIn(left)).isFalse();
        assertThat(left).contains("[erased]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Zoë", "Öz Zoë", "zo@example.com"})
    void shouldLeaveAllElse(String text) {
        assertThat(identifiers.standIn(text)).isFalse();
        assertThat(identifiers.removedFrom(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"Zo\\u00eb\\n\\u00d6z\"}",
                "{\"request\":\"{\\\"text\\\":\\\"Zo\\\\u00eb \\\\u00d6z\\\"}\"}",
                "{\"text\": \"cut off behind Zoë Öz"
            })
    void shouldFindThemInJsonAndInJsonWithinJson(String json) {
        assertThat(identifiers.standIn(json.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @Test
    void shouldKeepTheRestOfATextWhereThatIsPossible() {
        assertThat(identifiers.removedFrom("As zoë öz wrote (ZOË  ÖZ).")).isEqualTo("As [erased] wrote ([erased]).");
    }

    @Test
    void shouldRefuseWhatStandsInEveryNote() {
        assertThatThrownBy(() -> new Identifiers(List.of(" a ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 characters at least");
    }
}
