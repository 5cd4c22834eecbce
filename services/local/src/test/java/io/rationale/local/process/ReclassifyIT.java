package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.json.Json;
import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReclassifyIT {
    private static final int NOTES = 160;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final SimulatorOptions FAST = SimulatorOptions.DEFAULT.withSpeedUp(1e6);
    /** Few slots make answers come one after another, some ten notes a second. */
    private static final SimulatorOptions SLOW =
            SimulatorOptions.DEFAULT.withSlots(2).withSpeedUp(60);

    private static final SimulatorOptions QUICKER =
            SimulatorOptions.DEFAULT.withSlots(2).withSpeedUp(150);

    private static final String TARGET = """
            id: again
            version: 1
            basedOn: {id: rag-failures, version: 1}
            categories:
              - {id: searching, definition: The search did not find what was there or found something else.}
              - {id: writing, definition: The answer contradicts the passage or leaves out what was asked for.}
              - {id: no-error, definition: Nothing is wrong.}
              - {id: other, definition: Anything else.}
            """;

    @TempDir
    Path folder;

    @Test
    void shouldLoseAndRepeatNothingWhenKilled() throws IOException {
        // given
        List<String> texts = new RandomNotes(new Random(4).nextLong()).texts(NOTES);
        RandomNotes.write(folder.resolve("notes.csv"), texts);
        Files.writeString(folder.resolve("again.yaml"), TARGET);
        try (R1Simulator r1 = R1Simulator.start(FAST)) {
            run("classify", "notes.csv", "--data", "data", "--r1", r1.baseUrl()).exitsWith(0);
        }
        run("taxonomy", "import", "again.yaml", "--data", "data").exitsWith(0);

        try (R1Simulator r1 = R1Simulator.start(SLOW)) {
            // when: interrupted, then killed twice, then to the end
            try (RationaleProcess interrupted = reclassify(r1)) {
                awaitAnswered(r1, 1, interrupted);
                interrupted.interrupt();
                RationaleProcess.Result left = interrupted.await().exitsWith(130);
                assertThat(left.out()).contains("160 notes to judge again; 0 have a verdict");
                assertThat(left.err()).contains("Paused", "--cancel ");
            }
            for (int kills = 0; kills < 2; kills++) {
                try (RationaleProcess killed = reclassify(r1)) {
                    awaitAnswered(r1, r1.stats().notes() + NOTES / 5, killed);
                    killed.kill();
                }
            }
        }
        RationaleProcess.Result last;
        try (R1Simulator r1 = R1Simulator.start(FAST);
                RationaleProcess process = reclassify(r1)) {
            last = process.await().exitsWith(0);
        }

        // then
        assertThat(last.out()).contains("160 notes judged under again@1, 0 that R1 could not decide");
        requireEachOnceUnderBoth(last);
    }

    @Test
    void shouldNotDelayNewNotesAtARunningConsole() throws Exception {
        // given: two slots, both wanted by notes that are judged again
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/application.properties"),
                "rationale.batch.max-notes=2\nrationale.r1.concurrency.fixed=2\nrationale.shared-verdicts.window=0s\n");
        try (R1Simulator r1 = R1Simulator.start(QUICKER);
                Served served = Served.start(folder, r1.baseUrl())) {
            served.send(notes("old", 40));
            served.awaitJudged(40);
            try (RationaleProcess watching =
                    RationaleProcess.start(folder, "reclassify", "--again", "--yes", "--console", served.origin())) {
                await().atMost(PATIENCE).until(() -> judgedAgain(served) >= 4);

                // when
                served.send(notes("new", 1));
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> served.get("api/v1/notes/new-0").statusCode() == 200);

                // then: old notes that were decided between its coming and its verdict are those of few calls
                JsonNode fresh = served.json("api/v1/notes/new-0").path("event");
                assertThat(watching.await().exitsWith(0).out()).contains("40 notes judged under rag-failures@1");
                Instant came = Instant.parse(fresh.at("/position/timestamp").asText());
                Instant decided = decidedAt(fresh);
                assertThat(IntStream.range(0, 40)
                                .mapToObj(i -> decidedAt(
                                        served.json("api/v1/notes/old-" + i).path("event")))
                                .filter(at -> at.isAfter(came) && at.isBefore(decided)))
                        .hasSizeLessThanOrEqualTo(6);
            }
        }
    }

    private static Instant decidedAt(JsonNode event) {
        return Instant.parse(event.at("/verdict/classifiedAt").asText());
    }

    private static int judgedAgain(Served served) {
        return served.json("api/v1/reclassifications")
                .at("/reclassifications/0/judged")
                .asInt();
    }

    private static List<JsonNode> notes(String name, int count) {
        return IntStream.range(0, count)
                .<JsonNode>mapToObj(i -> Json.mapper()
                        .valueToTree(
                                Map.of("id", name + "-" + i, "text", "The search found nothing about " + name + i)))
                .toList();
    }

    private void requireEachOnceUnderBoth(RationaleProcess.Result last) throws IOException {
        run("report", "--data", "data", "--out", "out").exitsWith(0);
        List<JsonNode> audit = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("out/audit.jsonl"))) {
            audit.add(Json.tree(line.getBytes(StandardCharsets.UTF_8)));
        }
        Map<String, Long> before =
                ids(audit, event -> !event.at("/verdict/provenance").has("reclassification"));
        Map<String, Long> again =
                ids(audit, event -> event.at("/verdict/taxonomy/id").asText().equals("again"));
        assertThat(before).hasSize(NOTES).allSatisfy((id, times) -> assertThat(times)
                .isOne());
        assertThat(again).isEqualTo(before);
        assertThat(audit).hasSize(2 * NOTES);
        requireMovesAsCounted(audit, last.out());
    }

    private static Map<String, Long> ids(List<JsonNode> audit, Predicate<JsonNode> which) {
        return audit.stream()
                .filter(which)
                .collect(Collectors.groupingBy(
                        event -> event.at("/note/id").asText(), TreeMap::new, Collectors.counting()));
    }

    private static void requireMovesAsCounted(List<JsonNode> audit, String out) {
        Map<String, String> before = new TreeMap<>();
        audit.stream()
                .filter(event -> event.at("/verdict/taxonomy/id").asText().equals("rag-failures"))
                .forEach(event -> before.put(
                        event.at("/note/id").asText(),
                        event.at("/verdict/category").asText()));
        Map<String, Integer> counted = new TreeMap<>();
        audit.stream()
                .filter(event -> event.at("/verdict/taxonomy/id").asText().equals("again"))
                .forEach(event -> counted.merge(
                        before.get(event.at("/note/id").asText()) + " "
                                + event.at("/verdict/category").asText(),
                        1,
                        Integer::sum));
        Map<String, Integer> printed = new TreeMap<>();
        Matcher row = Pattern.compile("(?m)^([a-z-]+) +([a-z-]+) +(\\d+)$").matcher(out);
        while (row.find()) {
            printed.put(row.group(1) + " " + row.group(2), Integer.parseInt(row.group(3)));
        }
        assertThat(printed).isEqualTo(counted);
    }

    private RationaleProcess reclassify(R1Simulator r1) {
        return RationaleProcess.start(
                folder, "reclassify", "--taxonomy", "again@1", "--yes", "--data", "data", "--r1", r1.baseUrl());
    }

    private static void awaitAnswered(R1Simulator r1, long notes, RationaleProcess process) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> r1.stats().notes() >= notes || !process.isAlive());
        assertThat(process.isAlive()).as(process.err()).isTrue();
    }

    private RationaleProcess.Result run(String... arguments) {
        return RationaleProcess.run(folder, arguments);
    }
}
