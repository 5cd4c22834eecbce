package io.rationale.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docker-compose.yml}, its files of variables and the dashboard against what the documentation says. */
class ComposeFileTest {
    /** Surefire runs in the module's folder. */
    private static final Path PROJECT = Path.of("..", "..");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)");
    private static final Pattern METRIC = Pattern.compile("rationale_[a-z0-9_]+");
    private static final Pattern METER = Pattern.compile("`(rationale\\.[a-z0-9.]+)`");

    /** What Prometheus appends to a meter's name. */
    private static final String SUFFIX = "(_seconds)?(_total|_sum|_count|_max)?";

    @Test
    void shouldPublishOnLoopbackOnly() throws IOException {
        for (JsonNode service : services()) {
            for (JsonNode port : service.path("ports")) {
                assertThat(port.asText()).startsWith("127.0.0.1:");
            }
        }
    }

    @Test
    void shouldSayThatNobodyIsAskedWhoComes() throws IOException {
        assertThat(compose()
                        .at("/services/console/environment/RATIONALE_AUTH_ANONYMOUS")
                        .asText())
                .isEqualTo("allowed");
        assertThat(text("docs/compose.md")).contains("RATIONALE_AUTH_ANONYMOUS", "RATIONALE_AUTH_TOKENS_FILE");
    }

    @Test
    void shouldPinEveryImage() throws IOException {
        for (JsonNode service : services()) {
            assertThat(service.path("image").asText())
                    .containsPattern(":[^:]*\\d")
                    .doesNotContain("latest");
        }
    }

    @Test
    void shouldHoldNoSecret() throws IOException {
        assertThat(text("docker-compose.yml").toLowerCase(Locale.ROOT))
                .doesNotContain("password:", "_password", "api_key:", "token:");
    }

    @Test
    void shouldKeepItsDataInNamedVolumes() throws IOException {
        JsonNode named = compose().path("volumes");
        for (JsonNode service : services()) {
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asText().split(":")[0];
                assertThat(source.startsWith("./compose/") || named.has(source))
                        .as(source)
                        .isTrue();
            }
        }
    }

    @Test
    void shouldDescribeEveryVariable() throws IOException {
        Set<String> variables = VARIABLE.matcher(text("docker-compose.yml"))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(text("docs/compose.md")).contains(variables);
    }

    @Test
    void shouldSetOnlyVariablesThatTheFileKnows() throws IOException {
        String compose = text("docker-compose.yml");
        try (Stream<Path> files = Files.list(PROJECT.resolve("compose"))) {
            List<Path> variables =
                    files.filter(file -> file.toString().endsWith(".env")).toList();
            assertThat(variables).hasSize(7);
            for (Path file : variables) {
                assertThat(text("docs/compose.md")).contains("compose/" + file.getFileName());
                for (String line : Files.readAllLines(file)) {
                    if (!line.startsWith("#") && !line.startsWith("COMPOSE_PROFILES=")) {
                        assertThat(compose).as(file.toString()).contains("${" + line.split("=")[0] + ":-");
                    }
                }
            }
        }
    }

    @Test
    void shouldShowOnlyWhatIsMeasured() throws IOException {
        // given
        List<String> meters = Stream.of("docs/metrics.md", "docs/r1.md")
                .flatMap(page -> METER.matcher(unchecked(page)).results())
                .map(result -> result.group(1).replace('.', '_'))
                .toList();

        // when
        Set<String> shown = METRIC.matcher(text("compose/grafana/dashboards/rationale.json"))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));

        // then
        assertThat(shown).hasSizeGreaterThan(20).allSatisfy(metric -> assertThat(meters)
                .anyMatch(meter -> metric.matches(meter + SUFFIX)));
    }

    private static JsonNode compose() throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(text("docker-compose.yml"));
    }

    private static JsonNode services() throws IOException {
        return compose().path("services");
    }

    private static String text(String file) throws IOException {
        return Files.readString(PROJECT.resolve(file));
    }

    private static String unchecked(String file) {
        try {
            return text(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
