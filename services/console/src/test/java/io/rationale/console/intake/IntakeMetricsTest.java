package io.rationale.console.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class IntakeMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final IntakeMetrics metrics = new IntakeMetrics(registry);

    @Test
    void shouldCount() {
        // when
        metrics.notes(3, 1);
        metrics.notes(2, 0);
        metrics.request(202);

        // then
        assertThat(registry.get("rationale.intake.notes")
                        .tag("outcome", "accepted")
                        .counter()
                        .count())
                .isEqualTo(5);
        assertThat(registry.get("rationale.intake.notes")
                        .tag("outcome", "rejected")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("rationale.intake.requests")
                        .tag("status", "202")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldStandInTheDocumentation() throws Exception {
        // given
        metrics.notes(1, 1);
        metrics.request(202);

        // when
        String page =
                Files.readString(Path.of("..", "..", "docs", "metrics.md")).split("\n## Console\n")[1];
        List<String> documented = Pattern.compile("(?m)^\\| `(rationale\\.intake\\.[a-z.]+)`")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();

        // then
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .allSatisfy(name -> assertThat(documented).contains(name))
                .containsAll(documented);
    }
}
