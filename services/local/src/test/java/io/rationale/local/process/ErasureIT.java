package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.json.Json;
import io.rationale.kafka.Ports;
import io.rationale.local.erase.DirectoryBytes;
import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole flow with notes that hold marks in each of their fields; then some are erased, and every byte of the data
 * directory is searched for the marks.
 */
class ErasureIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int NOTES = 40;
    /** In the note that is erased by its id. */
    private static final String MARK = "zzmark";
    /** In the notes that are erased because of a person. */
    private static final String PERSON = "Quilla Vantongeren";

    private static final List<String> MARKS = List.of(MARK, "quilla", "vantongeren");
    private static final String BY_ID = "n-7";
    private static final List<String> TEXTS = List.of(
            "The answer cites the price list of last year although the new one is in the index",
            "The retriever found the passage about the car park and not the one about opening hours",
            "The summary leaves out the exception for weekends that stands in the source",
            "The numbers in the answer do not add up to the total in the document",
            "The question was about fees and the bot refused to answer it");

    @TempDir
    Path folder;

    /** What the program says of its notes. */
    private record Told(JsonNode categories, Map<String, JsonNode> notes) {}

    @Test
    void shouldLeaveNoByteOfWhatWasErasedAndAllElseAsItWas() throws Exception {
        try (R1Simulator r1 = R1Simulator.start(SimulatorOptions.DEFAULT.withSpeedUp(1e6))) {
            // given
            Told before = whileServing(r1, served -> {
                served.send(notes());
                served.awaitJudged(NOTES);
                review(served, "n-1", "Like the case of QUILLA  vantongeren.");
                review(served, BY_ID, "Because zzmark says so.");
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> served.json("api/v1/notes?reviewed=true")
                                        .path("total")
                                        .asInt()
                                == 2);
                return told(served);
            });
            assertThat(DirectoryBytes.with(data(), MARKS)).hasSizeGreaterThan(30);
            run("verify", "--data", "data").exitsWith(0);

            // when: it is killed while it rewrites
            try (RationaleProcess killed = RationaleProcess.start(
                    folder,
                    "erase",
                    "--data",
                    "data",
                    "--note",
                    BY_ID,
                    "--person",
                    "quilla vantongeren",
                    "--by",
                    "dpo",
                    "--reason",
                    "request 7",
                    "--yes")) {
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> killed.err().contains("Recording") || !killed.isAlive());
                killed.kill();
            }

            // then
            assertThat(run("serve", "--data", "data", "--port", String.valueOf(Ports.free()))
                            .exitsWith(2)
                            .err())
                    .contains("An erasure in data was interrupted. Finish it: rationale erase --data data");

            // when
            assertThat(run("erase", "--data", "data").exitsWith(0).out()).contains("that was interrupted is finished");

            // then
            assertThat(DirectoryBytes.with(data(), MARKS)).isEmpty();
            assertThat(run("verify", "--data", "data").exitsWith(0).out())
                    .contains("events were erased on purpose")
                    .contains("Everything holds that could be checked.");

            // when
            Told after = whileServing(r1, served -> {
                served.awaitJudged(NOTES);
                return told(served);
            });

            // then: counts are what they were, all other notes too
            assertThat(after.categories()).isEqualTo(before.categories());
            assertThat(after.notes()).hasSameSizeAs(before.notes());
            before.notes().forEach((id, note) -> assertThat(after.notes().get(id))
                    .as(id)
                    .isEqualTo(isErased(id) ? after.notes().get(id) : note));
            assertThat(after.notes().get(BY_ID).path("excerpt").asText()).isEqualTo("[erased]");
            assertThat(DirectoryBytes.with(data(), MARKS)).isEmpty();
            assertThat(run("verify", "--data", "data").exitsWith(0).out()).doesNotContain("not sealed");
            assertThat(run("erase", "--data", "data", "--note", BY_ID, "--yes")
                            .exitsWith(5)
                            .out())
                    .contains("Nothing to erase was found.");
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private RationaleProcess.Result run(String... arguments) {
        return RationaleProcess.run(folder, arguments);
    }

    private static boolean isErased(String id) {
        return id.equals(BY_ID) || Integer.parseInt(id.substring(2)) % 10 == 3;
    }

    /** One thing that is done while it serves. */
    private interface Work {
        Told on(Served served) throws Exception;
    }

    private Told whileServing(R1Simulator r1, Work work) throws Exception {
        try (Served served = Served.start(folder, r1.baseUrl())) {
            Told told = work.on(served);
            assertThat(run("verify", "--kafka", served.brokers(), "--quiet")
                            .exitsWith(0)
                            .out())
                    .contains("Everything holds that could be checked.");
            served.terminate();
            return told;
        }
    }

    private static List<JsonNode> notes() {
        List<JsonNode> notes = new ArrayList<>();
        for (int i = 0; i < NOTES; i++) {
            ObjectNode note = Json.mapper().createObjectNode();
            note.put("id", "n-" + i)
                    .put("source", "desk")
                    .put("text", TEXTS.get(i % TEXTS.size()) + ", case " + i + ".");
            note.put("question", "What of case " + i + "?");
            if (("n-" + i).equals(BY_ID)) {
                note.put("text", "zzmark wrote that the dose table was of last year.");
                note.put("question", "zzmark-question?")
                        .put("answer", "zzmark-answer")
                        .put("expected", "zzmark-expected");
                note.put("traceId", "zzmark-trace");
                note.putObject("labels").put("patient", "zzmark-label");
                note.putArray("contexts").addObject().put("id", "zzmark-id").put("text", "zzmark-context");
            } else if (i % 10 == 3) {
                String[] fields = {"text", "question", "answer", "expected"};
                note.put(
                        fields[i / 10 % fields.length],
                        "As QUILLA\n\u00a0 Vantongeren said, weekends were left out, " + i);
            }
            notes.add(note);
        }
        return notes;
    }

    private static void review(Served served, String id, String reason) {
        HttpResponse<String> answer = served.post(
                "api/v1/notes/" + id + "/reviews",
                "application/json",
                "{\"category\":\"other\",\"reviewer\":\"Ann\",\"reason\":\"" + reason + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static Told told(Served served) {
        List<JsonNode> counts = new ArrayList<>();
        served.json("api/v1/statistics").path("rows").forEach(each -> {
            ObjectNode count = Json.mapper().createObjectNode();
            count.set("category", each.path("category"));
            count.set("count", each.path("count"));
            counts.add(count);
        });
        assertThat(counts).isNotEmpty();
        Map<String, JsonNode> notes = new TreeMap<>();
        served.json("api/v1/notes?limit=100")
                .path("notes")
                .forEach(each -> notes.put(each.path("noteId").asText(), each));
        assertThat(notes).hasSize(NOTES);
        for (String mark : List.of("zzmark", PERSON)) {
            served.json("api/v1/notes?q=" + URLEncoder.encode(mark, StandardCharsets.UTF_8));
        }
        return new Told(Json.mapper().valueToTree(counts), notes);
    }
}
