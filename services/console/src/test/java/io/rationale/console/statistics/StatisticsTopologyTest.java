package io.rationale.console.statistics;

import static io.rationale.console.Events.MODEL;
import static io.rationale.console.Events.TEN;
import static io.rationale.console.Events.USAGE;
import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.V2;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static io.rationale.console.Events.reviewed;
import static io.rationale.console.Events.unclassifiable;
import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.note.Note;
import io.rationale.core.statistics.CategoryCount;
import io.rationale.core.topic.Topics;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTopologyTest {
    /** Surefire runs in the module's folder. */
    private static final Path SHIPPED =
            Path.of("src", "main", "resources", "META-INF", "microprofile-config.properties");

    @TempDir
    Path stateDir;

    private TopologyHarness topology;

    @BeforeEach
    void start() {
        topology = new TopologyHarness(stateDir);
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    /** The command line looks for the counts of this application, and erases them. */
    @Test
    void shouldBeTheApplicationThatIsConfigured() throws IOException {
        assertThat(configuredApplication(Map.of())).isEqualTo(StatisticsTopology.applicationId(Topics.DEFAULT));
        assertThat(configuredApplication(Map.of("rationale.topic-prefix", "ward.")))
                .isEqualTo(StatisticsTopology.applicationId(new Topics("ward.")));
    }

    private static String configuredApplication(Map<String, String> settings) throws IOException {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(SHIPPED.toUri().toURL()))
                .withDefaultValues(settings)
                .build()
                .getValue("quarkus.kafka-streams.application-id", String.class);
    }

    @Test
    void shouldCountNotesByCategory() {
        topology.decide(classified(note("a"), V1, "missed-retrieval"));
        topology.decide(classified(note("b"), V1, "missed-retrieval"));
        topology.decide(classified(note("c"), V1, "other"));

        assertThat(topology.lines()).containsExactly("1 missed-retrieval clinic 10:00 = 2", "1 other clinic 10:00 = 1");
    }

    @Test
    void shouldSumAgreementTokensAndModels() {
        topology.decide(classified(note("a"), V1, "other", 0.5, MODEL, List.of()));
        topology.decide(classified(note("b"), V1, "other", 1.0, "lexical-stand-in", List.of()));

        CategoryCount count = topology.labels().getFirst();
        assertThat(count.agreement()).isEqualTo(1.5);
        assertThat(count.usage()).isEqualTo(USAGE.plus(USAGE));
        assertThat(count.models()).isEqualTo(Map.of(MODEL, 1L, "lexical-stand-in", 1L));
    }

    @Test
    void shouldKeyCountsByCompactJson() {
        topology.decide(classified(note("a"), V1, "other"));
        topology.decide(unclassifiable(note("b"), V1));

        String bucket = "\"bucket\":\"2026-10-01T10:00:00Z\",\"span\":\"minute\",";
        String version = "{\"taxonomy\":{\"id\":\"rag-failures\",\"version\":1}," + bucket;
        String counting = "\"partition\":0,\"generation\":" + TopologyHarness.NOON.toEpochMilli() + "}";
        assertThat(topology.counts().keySet())
                .containsExactlyInAnyOrder(
                        version + "\"category\":\"other\",\"source\":\"clinic\"," + counting,
                        version + "\"source\":\"clinic\"," + counting,
                        "{" + bucket + "\"source\":\"clinic\"," + counting);
    }

    @Test
    void shouldMoveAReclassifiedNoteAndLeaveATombstone() {
        topology.decide(classified(note("a"), V1, "other"));
        topology.counts();
        topology.decide(classified(note("a"), V1, "no-error"));

        assertThat(topology.lines()).containsExactly("1 no-error clinic 10:00 = 1");
    }

    @Test
    void shouldCountAnUnclassifiableNoteAsUndecidedUntilAVerdictComes() {
        topology.decide(unclassifiable(note("a"), V1));
        List<String> before = topology.lines();

        topology.decide(classified(note("a"), V1, "other"));

        assertThat(before).containsExactly("1 null clinic 10:00 = 1");
        assertThat(topology.lines()).containsExactly("1 other clinic 10:00 = 1");
        assertThat(topology.labels().getFirst().usage()).isEqualTo(USAGE.plus(USAGE));
    }

    @Test
    void shouldKeepAVerdictWhenALaterAttemptFails() {
        topology.decide(classified(note("a"), V1, "other"));
        topology.decide(unclassifiable(note("a"), V1));

        assertThat(topology.lines()).containsExactly("1 other clinic 10:00 = 1");
    }

    @Test
    void shouldLetAReviewStandAboveTheVerdictBefore() {
        topology.decide(classified(note("a"), V1, "other"));
        topology.decide(reviewed("a", V1, "numerical-error"));

        assertThat(topology.lines()).containsExactly("1 numerical-error clinic 10:00 = 1");
    }

    @Test
    void shouldLetAReviewStandAboveTheVerdictAfter() {
        topology.decide(classified(note("a"), V1, "other"));
        topology.decide(reviewed("a", V1, "numerical-error"));
        topology.decide(classified(note("a"), V1, "no-error"));

        assertThat(topology.lines()).containsExactly("1 numerical-error clinic 10:00 = 1");
    }

    @Test
    void shouldRememberTheReviewOfANoteNotSeenYet() {
        topology.decide(reviewed("a", V1, "numerical-error"));
        List<String> before = topology.lines();

        topology.decide(classified(note("a"), V1, "other"));

        assertThat(before).isEmpty();
        assertThat(topology.lines()).containsExactly("1 numerical-error clinic 10:00 = 1");
    }

    @Test
    void shouldLetAPersonDecideWhatR1CouldNot() {
        topology.decide(unclassifiable(note("a"), V1));
        topology.decide(reviewed("a", V1, "other"));

        CategoryCount count = topology.labels().getFirst();
        assertThat(count.category()).isEqualTo("other");
        assertThat(count.agreement()).isOne();
        assertThat(count.models()).isEmpty();
    }

    @Test
    void shouldCountEachTaxonomyVersionByItself() {
        topology.decide(classified(note("a"), V1, "other"));
        topology.decide(classified(note("a"), V2, "no-error"));

        assertThat(topology.lines()).containsExactly("1 other clinic 10:00 = 1", "2 no-error clinic 10:00 = 1");
    }

    @Test
    void shouldMoveANoteThatIsObservedAgainElsewhere() {
        topology.decide(classified(note("a"), V1, "other"));
        topology.decide(classified(note("a"), V2, "other"));
        Note again = note("a", "helpdesk", TEN.plus(Duration.ofMinutes(5)), "Once more.");
        topology.decide(classified(again, V2, "no-error"));

        assertThat(topology.lines()).containsExactly("1 other helpdesk 10:05 = 1", "2 no-error helpdesk 10:05 = 1");
    }

    @Test
    void shouldTakeKafkasTimeForANoteWithout() {
        topology.decide(classified(note("a", "clinic", null, "No time."), V1, "other"));

        assertThat(topology.lines()).containsExactly("1 other clinic 10:00 = 1");
    }

    @Test
    void shouldPassOverARecordThatCannotBeRead() {
        topology.write("x", "no json {".getBytes(StandardCharsets.UTF_8));
        topology.write("x", null);
        topology.write("x", "{\"type\":\"exploded\"}".getBytes(StandardCharsets.UTF_8));
        topology.write("x", "{\"type\":\"classified\",\"version\":1}".getBytes(StandardCharsets.UTF_8));
        topology.write("x", "null".getBytes(StandardCharsets.UTF_8));
        topology.decide(classified(note("a"), V1, "other"));

        assertThat(topology.unreadable.count()).isEqualTo(5);
        assertThat(topology.lines()).containsExactly("1 other clinic 10:00 = 1");
    }
}
