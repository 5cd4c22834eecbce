package io.rationale.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said after an install. */
class NotesTest {
    private static final Pattern OBJECT = Pattern.compile("(statefulset|service)/([-a-z0-9]+)");

    static Stream<Path> valueSets() {
        return Chart.valueSets();
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void shouldNameWhatIsThere(Path values) {
        // given
        Manifests rendered = Chart.render(values);

        // when
        String notes = notes(rendered);

        // then
        Matcher object = OBJECT.matcher(notes);
        int named = 0;
        while (object.find()) {
            rendered.one(object.group(1).equals("service") ? "Service" : "StatefulSet", object.group(2));
            named++;
        }
        assertThat(named).isGreaterThanOrEqualTo(2);
        assertThat(notes)
                .contains("is installed as trial in rag", "/api/v1/notes")
                .doesNotContain("<no value>", "%!");
        assertThat(notes.contains("helm -n rag test trial"))
                .isEqualTo(rendered.ofKind("Pod").findAny().isPresent());
    }

    @Test
    void shouldWarnOfAPageThatOthersReach() {
        assertThat(notes(Chart.render(Chart.valueSet("08-ingress"))))
                .contains("https://rationale.example.org/", "THE CONSOLE ASKS NOBODY WHO COMES")
                .doesNotContain("networkPolicy.consoleFrom");
        assertThat(notes(Chart.render(Chart.valueSet("09-http-route"))))
                .contains("THE CONSOLE ASKS NOBODY WHO COMES", "networkPolicy.consoleFrom");
        assertThat(notes(Chart.render(Chart.valueSet("01-defaults"))))
                .contains("http://vllm:8000/v1")
                .doesNotContain("ASKS NOBODY");
    }

    @Test
    void shouldSayThatASimulatorAnswers() {
        assertThat(notes(Chart.render(Chart.valueSet("02-trial")))).contains("THE R1 SIMULATOR ANSWERS", "made anew");
    }

    private static String notes(Manifests rendered) {
        return rendered.one("ConfigMap", "notes").at("/data/notes").asText();
    }
}
