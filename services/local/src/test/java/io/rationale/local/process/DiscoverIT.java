package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoverIT {
    private static final Map<String, String> TEXTS = new TreeMap<>();

    @TempDir
    Path folder;

    @Test
    void shouldProposeATaxonomyThatNotesCanBeClassifiedUnder() throws IOException {
        // given
        writeNotes();

        try (R1Simulator r1 = R1Simulator.start(SimulatorOptions.DEFAULT.withSpeedUp(1e6))) {
            // when
            discover(r1, "--out", "taxonomy.yaml", "--report", "report").exitsWith(0);

            // then
            Taxonomy taxonomy = Taxonomies.read(folder.resolve("taxonomy.yaml"));
            assertThat(taxonomy.status()).isEqualTo(Taxonomy.Status.PROPOSED);
            assertThat(taxonomy.leaves()).hasSizeGreaterThan(3);
            assertThat(Files.readString(folder.resolve("taxonomy.yaml"))).contains("# Found in ", "# Share ");
            assertReport(taxonomy);
        }
    }

    @Test
    void shouldNotAskAgainWhatIsDoneAndNotWriteOverAFile() throws IOException {
        // given
        writeNotes();
        try (R1Simulator r1 = R1Simulator.start(SimulatorOptions.DEFAULT.withSpeedUp(1e6))) {
            String first = discover(r1).exitsWith(0).out();
            Files.writeString(folder.resolve("mine.yaml"), "edited");
            long asked = r1.stats().requests();

            // when
            String second = discover(r1).exitsWith(0).out();
            RationaleProcess.Result refused = discover(r1, "--out", "mine.yaml").exitsWith(2);

            // then
            assertThat(second).isEqualTo(first);
            assertThat(r1.stats().requests() - asked).isLessThan(5);
            assertThat(refused.err()).contains("mine.yaml exists");
            assertThat(folder.resolve("mine.yaml")).hasContent("edited");
        }
    }

    @Test
    void shouldCancelOnCtrlCAndGoOnAfterAKill() throws IOException {
        // given: R1 is slow
        writeNotes();
        try (R1Simulator r1 = R1Simulator.start(SimulatorOptions.DEFAULT.withSpeedUp(5))) {
            try (RationaleProcess cancelled = start(r1, "--seed", "7")) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> cancelled.err().contains("R1 reads"));

                // when
                cancelled.interrupt();

                // then
                assertThat(cancelled.await().exitsWith(130).err()).contains("cancelled");
            }
            try (RationaleProcess killed = start(r1)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> killed.err().contains("R1 reads"));
                killed.kill();
            }
        }
        try (R1Simulator r1 = R1Simulator.start(SimulatorOptions.DEFAULT.withSpeedUp(1e6))) {
            assertThat(discover(r1).exitsWith(0).out()).contains("status: \"proposed\"");
        }
    }

    private void assertReport(Taxonomy taxonomy) throws IOException {
        Path report = folder.resolve("report");
        JsonNode found = Json.tree(Files.readAllBytes(report.resolve("discovery.json")));
        assertThat(found.at("/result/taxonomy/categories")).hasSameSizeAs(taxonomy.categories());
        assertThat(found.at("/result/undecided").asInt()).isZero();
        for (JsonNode category : found.at("/result/categories")) {
            for (JsonNode example : category.path("examples")) {
                assertThat(TEXTS.get(example.path("noteId").asText()))
                        .contains(example.path("quote").asText());
            }
        }
        assertThat(report.resolve("report.md")).content().contains("I am a lexical stand-in");
        assertThat(report.resolve("report.html")).content().contains("I am a lexical stand-in");
    }

    private RationaleProcess.Result discover(R1Simulator r1, String... more) {
        try (RationaleProcess process = start(r1, more)) {
            return process.await();
        }
    }

    private RationaleProcess start(R1Simulator r1, String... more) {
        List<String> arguments = new ArrayList<>(List.of("discover", "notes.jsonl", "--r1", r1.baseUrl()));
        arguments.addAll(List.of("--data", "data"));
        arguments.addAll(List.of(more));
        return RationaleProcess.start(folder, arguments.toArray(String[]::new));
    }

    private void writeNotes() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            add(lines, "p" + i, "The price list is outdated, seen in case " + i * 37);
            add(lines, "l" + i, "Dead link below my question, ticket " + i * 91);
            add(lines, "u" + i, "Wrong unit: milligrams and grams are mixed up in answer " + i * 53);
        }
        Files.writeString(folder.resolve("notes.jsonl"), lines);
    }

    private static void add(StringBuilder lines, String id, String text) {
        TEXTS.put(id, text);
        lines.append(Json.line(Map.of("id", id, "text", text))).append('\n');
    }
}
