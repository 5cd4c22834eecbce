package io.rationale.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Values, their schema, their README, the versions, and the metrics that rules speak of. */
class DocumentationTest {
    private static final Pattern METRIC = Pattern.compile("rationale_[a-z0-9_]+");
    private static final Pattern METER = Pattern.compile("`(rationale\\.[a-z0-9.]+)`");

    @Test
    void shouldHaveAReadmeThatSaysWhatTheValuesSay() throws IOException {
        // given
        String head = Files.readString(Path.of("src", "test", "resources", "readme-head.md"));

        // when
        String readme = head + "\n" + ChartValues.read().table();

        // then
        Generated.assertUpToDate(Chart.FOLDER.resolve("README.md"), readme);
    }

    @Test
    void shouldDescribeEveryValue() {
        assertThat(ChartValues.read().undescribed()).isEmpty();
    }

    @Test
    void shouldHaveASchemaOfExactlyTheValues() {
        // given
        JsonNode values = Chart.yaml(Chart.FOLDER.resolve("values.yaml"));
        JsonNode schema = Chart.yaml(Chart.FOLDER.resolve("values.schema.json"));

        // when
        Set<String> described = new TreeSet<>();
        keys(schema, "", described);

        // then
        Set<String> there = new TreeSet<>();
        for (String path : described) {
            if (!values.at(path).isMissingNode()) {
                there.add(path);
            }
        }
        // Helm's own, and what a quantity may have.
        described.removeIf(path -> path.equals("/global") || path.matches(".*/resources/(requests|limits|claims)"));
        there.removeIf(path -> path.matches(".*/resources/(requests|limits|claims)"));
        assertThat(there).as("values that the schema describes").isEqualTo(described);
    }

    @Test
    void shouldHaveTheVersionOfTheServices() throws IOException {
        // given
        String pom = Files.readString(Chart.PROJECT.resolve("pom.xml"));
        Matcher version = Pattern.compile("<artifactId>rationale-parent</artifactId>\\s*<version>([^<]+)<")
                .matcher(pom);
        assertThat(version.find()).isTrue();

        // when
        JsonNode chart = Chart.yaml(Chart.FOLDER.resolve("Chart.yaml"));

        // then
        assertThat(chart.path("appVersion").asText()).isEqualTo(version.group(1));
        assertThat(chart.path("version").asText()).isEqualTo(version.group(1));
    }

    @Test
    void shouldOnlyAskForMetricsThatTheServicesHave() throws IOException {
        // given: meters as the documentation names them, as Prometheus writes them
        Set<String> meters = new TreeSet<>();
        for (String page : Set.of("metrics.md", "r1.md")) {
            Matcher meter =
                    METER.matcher(Files.readString(Chart.PROJECT.resolve("docs").resolve(page)));
            while (meter.find()) {
                meters.add(meter.group(1).replace('.', '_'));
            }
        }

        // when
        Set<String> asked = METRIC.matcher(Chart.render(Chart.valueSet("07-monitoring"))
                                .one("PrometheusRule", "trial-rationale")
                                .toString()
                        + Chart.render(Chart.valueSet("06-autoscaling-saturation"))
                                .one("ScaledObject", "trial-rationale-classifier"))
                .results()
                .map(each -> each.group().replaceFirst("_total$", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        // then
        assertThat(asked).hasSizeGreaterThan(6).isSubsetOf(meters);
    }

    /** Paths of objects and values whose names are fixed. */
    private static void keys(JsonNode schema, String path, Set<String> paths) {
        schema.path("properties").properties().forEach(each -> {
            String key = path + "/" + each.getKey();
            paths.add(key);
            keys(each.getValue(), key, paths);
        });
    }
}
