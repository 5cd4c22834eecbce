package io.rationale.classifier.metrics;

import static io.rationale.classifier.Fixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rationale.classifier.FakeModel;
import io.rationale.classifier.Fixtures;
import io.rationale.classifier.classify.OneByOne;
import io.rationale.classifier.discovery.DiscoveryMetrics;
import io.rationale.classifier.work.Decision;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.taxonomy.Taxonomies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LoopMetricsTest {
    private static final TopicPartition PARTITION = new TopicPartition("rationale.notes", 3);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LoopMetrics metrics = new LoopMetrics(registry);

    @Test
    void shouldCountWhatIsCommitted() throws Exception {
        // given
        FakeModel model = new FakeModel(texts -> texts.contains("poison")
                ? new ModelOutcome.Refused(400, "no")
                : Fixtures.answerAbout(texts, text -> true));
        List<Decision> decisions = new ArrayList<>();
        new OneByOne(Taxonomies.ragFailures(), model, 1, Fixtures.CLOCK)
                .classify(Fixtures.tasks("a", "poison"), decisions::add);

        // when
        metrics.transactionCommitted(decisions, Duration.ofMillis(20), NOW.plusSeconds(7));

        // then
        assertThat(decided("classified")).isEqualTo(1);
        assertThat(decided("unclassifiable")).isEqualTo(1);
        assertThat(registry.get("rationale.note.duration").timer().mean(java.util.concurrent.TimeUnit.SECONDS))
                .isEqualTo(7);
        assertThat(registry.get("rationale.note.tokens")
                        .tag("kind", "prompt")
                        .summary()
                        .mean())
                .isEqualTo(80 / 2.0 + 80);
    }

    @Test
    void shouldGoOnShowingWhatIsInFlight() {
        // given: suppliers that nobody else holds
        int[] notes = {7};
        metrics.watch(() -> notes[0], () -> 1, () -> 1, () -> 1);
        metrics.watchBudget(() -> notes[0] * 2);

        // when
        System.gc();
        notes[0] = 8;

        // then
        assertThat(registry.get("rationale.in.flight.notes").gauge().value()).isEqualTo(8);
        assertThat(registry.get("rationale.extra.tokens.left").gauge().value()).isEqualTo(16);
    }

    @Test
    void shouldShowEachPartitionForAsLongAsItIsOurs() {
        // when
        metrics.show(
                List.of(new LoopMetrics.PartitionState(PARTITION, 12, 3, 9, 40, Duration.ofSeconds(5), true, true)));

        // then
        assertThat(registry.get("rationale.lag").tag("partition", "3").gauge().value())
                .isEqualTo(12);
        assertThat(registry.get("rationale.ledger.full").gauge().value()).isEqualTo(1);
        assertThat(registry.get("rationale.watermark.age").gauge().value()).isEqualTo(5);

        // and when it has gone
        metrics.show(List.of());
        assertThat(registry.find("rationale.lag").gauge()).isNull();
    }

    @Test
    void shouldStandInTheDocumentationAndNothingElse() throws Exception {
        // given
        metrics.watch(() -> 1, () -> 1, () -> 1, () -> 1);
        metrics.watchBudget(() -> 1);
        metrics.redacted("email", 1);
        new DiscoveryMetrics(registry, Optional::empty);
        metrics.show(List.of(new LoopMetrics.PartitionState(PARTITION, 0, 0, 0, 0, Duration.ZERO, false, false)));

        // when
        String page =
                Files.readString(Path.of("..", "..", "docs", "metrics.md")).split("\n## Console\n")[0];
        List<String> documented = Pattern.compile("(?m)^\\| `(rationale\\.[a-z.]+)`")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();

        // then
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .containsOnlyOnceElementsOf(documented.stream()
                        .filter(name -> !List.of(
                                        "rationale.notes.decided", "rationale.note.tokens", "rationale.transactions")
                                .contains(name))
                        .toList())
                .allSatisfy(name -> assertThat(documented).contains(name));
    }

    private double decided(String outcome) {
        return registry.get("rationale.notes.decided")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
