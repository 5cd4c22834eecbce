package io.rationale.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/**
 * The images of classifier, console and simulator with a Kafka container: two of each service, as a team runs them. Each
 * test has a source of its own and leaves the deployment whole.
 */
@NeedsImages(
        value = {"classifier", "console", "r1-simulator"},
        kafka = true)
class ServicesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final List<String> COMPLAINTS = List.of(
            "It cites a document that does not exist, case %d.",
            "Nothing was retrieved about the question although the document is indexed, case %d.",
            "The passage with the answer was ranked last and cut away, case %d.",
            "The answer is in German although English was asked for, case %d.",
            "Two chunks were mixed up in the middle of a table, case %d.");

    private static Deployment deployment;

    @BeforeAll
    static void start() {
        deployment = new Deployment();
        deployment.start();
    }

    @AfterAll
    static void stop() {
        deployment.close();
    }

    @Test
    void shouldTakeANoteFromHttpToTheStatistics() throws Exception {
        // when
        List<String> ids = deployment.console(0).send("whole-way", notes(3));

        // then
        awaitCounted("whole-way", 3);
        JsonNode verdict = deployment.console(0).verdicts("whole-way").get(0);
        assertThat(ids).contains(verdict.path("noteId").asText());
        assertThat(verdict.path("model").asText()).isEqualTo("lexical-stand-in");
        assertThat(verdict.path("reasoning").asText()).isNotBlank();
        assertThat(verdict.path("text").asText())
                .contains(verdict.path("quotes").path(0).asText());
        assertThat(deployment.console(0).get("/")).contains("<title>Rationale");
    }

    @Test
    void shouldRunWithoutRootAndWithoutWritingToItsImage() throws Exception {
        for (GenericContainer<?> service : deployment.services()) {
            // when
            String user = service.execInContainer("id", "-u").getStdout().strip();
            int written = service.execInContainer("touch", "/opt/rationale/new").getExitCode();

            // then
            assertThat(user).isEqualTo("10001");
            assertThat(written).isNotZero();
        }
    }

    @Test
    void shouldCountTheSameOnBothConsolesWhateverBothClassifiersDo() throws Exception {
        // when
        List<String> ids = new ArrayList<>();
        for (int batch = 0; batch < 6; batch++) {
            ids.addAll(deployment.console(batch % 2).send("replicas", notes(20)));
        }

        // then
        awaitCounted("replicas", 120);
        Map<String, Long> recount = recount(deployment.console(0).verdicts("replicas"));
        for (Console console : deployment.consoles()) {
            assertThat(counts(console.statistics("replicas"))).isEqualTo(recount);
        }
        assertThat(new HashSet<>(ids)).hasSize(120);
    }

    @Test
    void shouldDecideEachNoteOnceWhenAClassifierIsKilledInTheMiddle() throws Exception {
        // given
        List<String> ids = deployment.console(0).send("killed", notes(100));
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> deployment.console(0).counted("killed") > 5);

        // when
        Deployment.kill(deployment.classifier(0));
        Deployment.startAgain(deployment.classifier(0));

        // then
        awaitCounted("killed", 100);
        for (String id : ids) {
            assertThat(deployment.console(0).decisions(id)).as(id).isEqualTo(1);
        }
    }

    @Test
    void shouldGoOnWhenKafkaIsRestarted() throws Exception {
        // given
        List<String> ids = new ArrayList<>(deployment.console(0).send("restarted", notes(40)));
        List<String> later = notes(20);

        // when
        Deployment.stop(deployment.kafkaContainer());
        Deployment.startAgain(deployment.kafkaContainer());
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> assertThatCode(
                        () -> ids.addAll(deployment.console(1).send("restarted", later, "once")))
                .doesNotThrowAnyException());

        // then
        awaitCounted("restarted", 60);
        for (String id : ids) {
            assertThat(deployment.console(1).decisions(id)).as(id).isEqualTo(1);
        }
    }

    @Test
    void shouldLoseNoNoteWhileR1Fails() throws Exception {
        // given
        deployment.r1().setFaults(Map.of("reset", 0.15, "http-503", 0.1, "missing-id", 0.15, "fences", 0.2));
        try {
            // when
            deployment.console(0).send("faults", notes(60));

            // then
            awaitCounted("faults", 60);
            assertThat(deployment.r1().stats().path("faults").size()).isPositive();
        } finally {
            deployment.r1().setFaults(Map.of());
        }
    }

    private static void awaitCounted(String source, long notes) {
        for (Console console : deployment.consoles()) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(console.counted(source)).isEqualTo(notes));
        }
        // Lists follow the counts.
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        deployment.console(0).verdicts(source))
                .hasSize((int) notes));
    }

    /** Different ones: of equal notes R1 is asked about one only. */
    private static List<String> notes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> COMPLAINTS.get(i % COMPLAINTS.size()).formatted(System.nanoTime()))
                .toList();
    }

    private static Map<String, Long> counts(JsonNode table) {
        Map<String, Long> counts = new TreeMap<>();
        table.path("rows").forEach(row -> {
            if (row.path("count").asLong() > 0) {
                counts.put(row.path("category").asText(), row.path("count").asLong());
            }
        });
        return counts;
    }

    private static Map<String, Long> recount(List<JsonNode> verdicts) {
        Map<String, Long> counts = new TreeMap<>();
        verdicts.forEach(verdict -> counts.merge(verdict.path("category").asText(), 1L, Long::sum));
        return counts;
    }
}
