package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a data directory remembers from run to run. */
class SameDirectoryIT {
    private static final String MOOD = """
            id: mood
            version: 1
            title: How it sounds
            categories:
              - {id: no-error, name: No error, definition: Nothing failed.}
              - {id: angry, name: Angry, definition: The writer is annoyed about a wrong dose or a missing passage.}
              - {id: other, name: Other, definition: %s}
            """;

    private static final List<String> TEXTS =
            List.of("wrong dose, again", "the passage is missing", "wrong dose, again", "答案引用了错误的文件");

    @TempDir
    Path folder;

    @Test
    void shouldJudgeOnlyWhatIsNewAndUnderEachTaxonomy() throws IOException {
        try (R1Simulator r1 = R1Simulator.start(SimulatorOptions.DEFAULT.withSpeedUp(1e6))) {
            // given
            Path notes = RandomNotes.write(folder.resolve("notes.csv"), TEXTS);
            RationaleProcess.run(folder, classify(r1, notes.toString())).exitsWith(0);
            Map<String, String> before = reported().categories();
            assertThat(r1.stats().notes()).isEqualTo(4);

            // when a row is inserted above, and the file comes by standard input
            List<String> more = new ArrayList<>(TEXTS);
            more.addFirst("a new first row");
            Path longer = RandomNotes.write(folder.resolve("longer.csv"), more);
            try (RationaleProcess piped = RationaleProcess.start(folder, longer, classify(r1, "-"))) {
                piped.await().exitsWith(0);
            }

            // then
            assertThat(r1.stats().notes()).isEqualTo(5);
            assertThat(reported().auditedTexts()).containsExactlyInAnyOrderElementsOf(more);
            assertThat(reported().categories()).hasSize(5).containsAllEntriesOf(before);
            reported().assertConsistent();

            // when
            Path mood = Files.writeString(folder.resolve("mood.yaml"), MOOD.formatted("Anything else."));
            RationaleProcess.Result moody =
                    RationaleProcess.run(folder, classify(r1, longer.toString(), "--taxonomy", mood.toString()));

            // then
            assertThat(moody.exitsWith(0).out())
                    .contains("How it sounds", "mood@1", "5 notes decided, none undecided.");
            assertThat(r1.stats().notes()).isEqualTo(10);
            assertBothTaxonomies();

            // when
            Files.writeString(mood, MOOD.formatted("Something else."));
            RationaleProcess.Result changed =
                    RationaleProcess.run(folder, classify(r1, longer.toString(), "--taxonomy", mood.toString()));

            // then
            assertThat(changed.exitsWith(2).err())
                    .startsWith("rationale: The taxonomy " + mood)
                    .contains("mood@1", "Raise its version");
            assertThat(r1.stats().notes()).isEqualTo(10);
        }
    }

    private void assertBothTaxonomies() {
        Map<String, Set<String>> taxonomies = reported().audit().stream()
                .collect(Collectors.groupingBy(
                        event -> event.path("note").path("id").textValue(),
                        Collectors.mapping(SameDirectoryIT::taxonomy, Collectors.toCollection(TreeSet::new))));
        assertThat(taxonomies).hasSize(5);
        assertThat(taxonomies.values()).allSatisfy(each -> assertThat(each).containsExactly("mood", "rag-failures"));
        assertThat(reported().audit()).hasSize(10);
        assertThat(reported().statistics().path("decided").intValue()).isEqualTo(5);
    }

    private static String taxonomy(JsonNode event) {
        return event.path("verdict").path("taxonomy").path("id").textValue();
    }

    private Reported reported() {
        return new Reported(folder.resolve("out"));
    }

    private static String[] classify(R1Simulator r1, String file, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("classify", file, "--source", "ward", "--data", "data", "--out", "out", "--r1", r1.baseUrl()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
