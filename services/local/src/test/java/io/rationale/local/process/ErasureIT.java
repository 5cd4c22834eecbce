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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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

    private final HttpClient client = HttpClient.newHttpClient();

    /** What the program says of its notes. */
    private record Told(JsonNode categories, Map<String, JsonNode> notes) {}

    @Test
    void shouldLeaveNoByteOfWhatWasErasedAndAllElseAsItWas() throws Exception {
        try (R1Simulator r1 = R1Simulator.start(SimulatorOptions.DEFAULT.withSpeedUp(1e6))) {
            // given
            Told before = served(r1, origin -> {
                post(origin + "api/v1/notes", "application/x-ndjson", notes());
                awaitDecided(origin, NOTES);
                review(origin, "n-1", "Like the case of QUILLA  vantongeren.");
                review(origin, BY_ID, "Because zzmark says so.");
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> json(origin + "api/v1/notes?reviewed=true")
                                        .path("total")
                                        .asInt()
                                == 2);
                return told(origin);
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
            Told after = served(r1, origin -> {
                awaitDecided(origin, NOTES);
                return told(origin);
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
        Told on(String origin) throws Exception;
    }

    private Told served(R1Simulator r1, Work work) throws Exception {
        int port = Ports.free();
        int kafka = Ports.free();
        try (RationaleProcess process = RationaleProcess.start(
                folder,
                "serve",
                "--data",
                "data",
                "--port",
                String.valueOf(port),
                "--kafka-port",
                String.valueOf(kafka),
                "--r1",
                r1.baseUrl())) {
            Told told = work.on("http://127.0.0.1:" + port + "/");
            assertThat(run("verify", "--kafka", "127.0.0.1:" + kafka, "--quiet")
                            .exitsWith(0)
                            .out())
                    .contains("Everything holds that could be checked.");
            process.terminate();
            process.await();
            return told;
        }
    }

    private static String notes() {
        StringBuilder lines = new StringBuilder();
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
            lines.append(Json.line(note)).append('\n');
        }
        return lines.toString();
    }

    private void awaitDecided(String origin, int notes) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            JsonNode table = json(origin + "api/v1/statistics");
            return table.path("decided").asInt() + table.path("undecided").asInt() == notes
                    && json(origin + "api/v1/notes?limit=1").path("total").asInt() == notes;
        });
    }

    private void review(String origin, String id, String reason) {
        HttpResponse<String> answer = post(
                origin + "api/v1/notes/" + id + "/reviews",
                "application/json",
                "{\"category\":\"other\",\"reviewer\":\"Ann\",\"reason\":\"" + reason + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private Told told(String origin) {
        List<JsonNode> counts = new ArrayList<>();
        json(origin + "api/v1/statistics").path("rows").forEach(each -> {
            ObjectNode count = Json.mapper().createObjectNode();
            count.set("category", each.path("category"));
            count.set("count", each.path("count"));
            counts.add(count);
        });
        assertThat(counts).isNotEmpty();
        Map<String, JsonNode> notes = new TreeMap<>();
        json(origin + "api/v1/notes?limit=100")
                .path("notes")
                .forEach(each -> notes.put(each.path("noteId").asText(), each));
        assertThat(notes).hasSize(NOTES);
        for (String mark : List.of("zzmark", PERSON)) {
            json(origin + "api/v1/notes?q=" + URLEncoder.encode(mark, StandardCharsets.UTF_8));
        }
        return new Told(Json.mapper().valueToTree(counts), notes);
    }

    private JsonNode json(String url) {
        HttpResponse<String> answer =
                exchange(HttpRequest.newBuilder(URI.create(url)).build());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(String url, String type, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> exchange(request(url)).statusCode() > 0);
        return exchange(request);
    }

    private static HttpRequest request(String url) {
        return HttpRequest.newBuilder(URI.create(url).resolve("/api/v1/status")).build();
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
