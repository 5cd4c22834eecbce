package io.rationale.console.alerts;

import static io.rationale.console.alerts.FakeObservations.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.alert.Alert;
import io.rationale.core.json.Json;
import io.rationale.core.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertTopologyTest {
    private static final Instant START = Instant.parse("2026-10-12T08:00:00Z");
    private static final String UNDECIDED = "undecided above 5 % over 1 h with at least 10 notes";

    @TempDir
    Path directory;

    private final FakeObservations seen = new FakeObservations();
    private TopologyTestDriver driver;
    private TestOutputTopic<String, byte[]> alerts;

    private void start(Map<String, String> rules) {
        StreamsBuilder builder = new StreamsBuilder();
        AlertTopology.addTo(builder, Topics.DEFAULT, AlertRules.of(rules), seen);
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "alerts");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        driver = new TopologyTestDriver(builder.build(), config, START);
        alerts = driver.createOutputTopic("rationale.alerts", new StringDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private List<Alert> after(Duration time) {
        driver.advanceWallClockTime(time);
        return alerts.readValuesToList().stream()
                .map(value -> Json.read(value, Alert.class))
                .toList();
    }

    @Test
    void shouldRaiseOnceAndClearOnce() {
        // given
        start(Map.of("lost", UNDECIDED));

        // when
        seen.now = counts(90, 10, Map.of());
        List<Alert> raised = after(Duration.ofSeconds(1));
        List<Alert> silence = after(Duration.ofMinutes(10));
        seen.now = counts(99, 1, Map.of());
        List<Alert> cleared = after(Duration.ofSeconds(1));
        List<Alert> more = after(Duration.ofMinutes(10));

        // then
        assertThat(raised).singleElement().satisfies(alert -> {
            assertThat(alert.state()).isEqualTo(Alert.State.RAISED);
            assertThat(alert.rule()).isEqualTo("lost");
            assertThat(alert.condition()).isEqualTo(UNDECIDED);
            assertThat(alert.raisedAt()).isEqualTo(START.plusSeconds(1));
            assertThat(alert.summary()).contains("10.0 % of 100 notes");
        });
        assertThat(silence).isEmpty();
        assertThat(cleared).singleElement().satisfies(alert -> {
            assertThat(alert.state()).isEqualTo(Alert.State.CLEARED);
            assertThat(alert.id()).isEqualTo(raised.getFirst().id());
            assertThat(alert.raisedAt()).isEqualTo(raised.getFirst().raisedAt());
            assertThat(alert.summary()).contains("1.0 % of 100 notes");
        });
        assertThat(more).isEmpty();
    }

    @Test
    void shouldRaiseAgainUnderAnotherId() {
        // given
        start(Map.of("lost", UNDECIDED));
        seen.now = counts(90, 10, Map.of());
        Alert first = after(Duration.ofSeconds(1)).getFirst();
        seen.now = counts(0, 0, Map.of());
        after(Duration.ofSeconds(1));

        // when
        seen.now = counts(90, 10, Map.of());
        List<Alert> again = after(Duration.ofSeconds(1));

        // then
        assertThat(again).singleElement().satisfies(alert -> assertThat(alert.id())
                .isNotEqualTo(first.id()));
    }

    @Test
    void shouldRaiseEachCategoryByItself() {
        // given
        start(Map.of("much", "share of any category above 40 % over 1 h with at least 10 notes"));

        // when
        seen.now = counts(100, 0, Map.of("a", 45L, "b", 55L));
        List<Alert> both = after(Duration.ofSeconds(1));
        seen.now = counts(100, 0, Map.of("b", 100L));
        List<Alert> gone = after(Duration.ofSeconds(1));

        // then
        assertThat(both).extracting(Alert::category).containsExactlyInAnyOrder("a", "b");
        assertThat(gone).singleElement().satisfies(alert -> {
            assertThat(alert.category()).isEqualTo("a");
            assertThat(alert.state()).isEqualTo(Alert.State.CLEARED);
        });
    }

    @Test
    void shouldNotFlickerAboutItsLevel() {
        // given
        start(Map.of("new", "other rises significantly against the week before at 99.9 %"));
        seen.before = counts(200, 0, Map.of("other", 20L));

        // when: clearly more, then less clearly, then hardly
        seen.now = counts(200, 0, Map.of("other", 50L));
        List<Alert> raised = after(Duration.ofSeconds(1));
        seen.now = counts(200, 0, Map.of("other", 36L));
        List<Alert> silence = after(Duration.ofSeconds(1));
        seen.now = counts(200, 0, Map.of("other", 25L));
        List<Alert> cleared = after(Duration.ofSeconds(1));

        // then
        assertThat(raised).singleElement().satisfies(alert -> {
            assertThat(alert.state()).isEqualTo(Alert.State.RAISED);
            assertThat(alert.suggestion().discovery().category()).containsExactly("other");
        });
        assertThat(silence).isEmpty();
        assertThat(cleared).extracting(Alert::state).containsExactly(Alert.State.CLEARED);
    }

    @Test
    void shouldKeepWhatIsRaisedWhileNotesAreIndexed() {
        // given
        start(Map.of("doubt", "low agreement rises significantly against the day before"));
        seen.now = counts(200, 0, Map.of());
        seen.before = counts(200, 0, Map.of());
        seen.agreed = new Observations.Agreement(200, 60);
        seen.agreedBefore = new Observations.Agreement(200, 10);
        assertThat(after(Duration.ofSeconds(1))).hasSize(1);

        // when
        seen.indexed = false;

        // then
        assertThat(after(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void shouldKeepWhatIsRaisedWhileCountsAreRead() {
        // given
        start(Map.of("lost", UNDECIDED));
        seen.now = counts(90, 10, Map.of());
        after(Duration.ofSeconds(1));

        // when
        seen.complete = false;
        seen.now = counts(0, 0, Map.of());

        // then
        assertThat(after(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void shouldClearWhatIsNotConfiguredAnyMore() {
        // given
        start(Map.of("lost", UNDECIDED));
        seen.now = counts(90, 10, Map.of());
        Alert before = after(Duration.ofSeconds(1)).getFirst();
        driver.close();

        // when: the same state, another configuration
        start(Map.of());
        driver.<String, Alert>getKeyValueStore(AlertTopology.RAISED_ALERTS).put("lost", before);

        // then
        assertThat(after(Duration.ofSeconds(1))).singleElement().satisfies(alert -> {
            assertThat(alert.state()).isEqualTo(Alert.State.CLEARED);
            assertThat(alert.summary()).contains("not configured");
        });
    }
}
