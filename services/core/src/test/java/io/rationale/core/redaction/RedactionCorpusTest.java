package io.rationale.core.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RedactionCorpusTest {
    private static final Pattern MARKED = Pattern.compile("⟦([^⟧]*)⟧");
    private static final Redactor REDACTOR = Redactor.of(RedactionSettings.DEFAULT);

    @ParameterizedTest
    @MethodSource("hits")
    void shouldTakeOutExactlyWhatIsPersonal(String line) {
        // given
        String text = MARKED.matcher(textOf(line)).replaceAll(each -> quoted(each.group(1)));

        // when
        String redacted = REDACTOR.text(text);

        // then
        assertThat(redacted).isEqualTo(expected(line));
        assertThat(REDACTOR.text(redacted)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @MethodSource("misses")
    void shouldLeaveWhatIsNotPersonal(String text) {
        assertThat(REDACTOR.text(text)).isEqualTo(text);
    }

    static Stream<String> hits() {
        return lines("hits.txt");
    }

    static Stream<String> misses() {
        return lines("misses.txt");
    }

    private static String textOf(String line) {
        return line.substring(line.indexOf('|') + 1);
    }

    private static String quoted(String text) {
        return java.util.regex.Matcher.quoteReplacement(text);
    }

    private static String expected(String line) {
        List<String> kinds = List.of(line.substring(0, line.indexOf('|')).split(","));
        Map<String, Integer> last = new HashMap<>();
        int[] at = {0};
        return MARKED.matcher(textOf(line)).replaceAll((MatchResult any) -> {
            String kind = kinds.get(at[0]++).toUpperCase(Locale.ROOT);
            return "[" + kind + "-" + last.merge(kind, 1, Integer::sum) + "]";
        });
    }

    private static Stream<String> lines(String file) {
        try (InputStream in = RedactionCorpusTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
