package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.json.Json;
import io.rationale.kafka.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The packaged application as it serves: {@code serve}, with whatever R1 there is, until it is closed. */
final class Served implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RationaleProcess process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String origin;
    private final String token;

    private Served(RationaleProcess process, String origin, String token) {
        this.process = process;
        this.origin = origin;
        this.token = token;
    }

    /** Starts it with all its data in a folder, whose {@code config/application.properties} it reads. */
    static Served start(Path folder, String r1) {
        return start(folder, r1, null);
    }

    /** The same, where it asks who comes. @param token for what is asked here, or null */
    static Served start(Path folder, String r1, String token) {
        int port = Ports.free();
        RationaleProcess process = RationaleProcess.start(
                folder,
                "serve",
                "--port",
                String.valueOf(port),
                "--kafka-port",
                String.valueOf(Ports.free()),
                "--data",
                folder.resolve("data").toString(),
                "--r1",
                r1);
        Served served = new Served(process, "http://127.0.0.1:" + port + "/", token);
        await("the API answers")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> served.get("api/v1/notes?limit=1").statusCode() == 200);
        return served;
    }

    /** Of the page, with the slash at its end. */
    String origin() {
        return origin;
    }

    /** Sends notes, each a JSON object or a string that is its text. */
    void send(List<? extends JsonNode> notes) {
        StringBuilder lines = new StringBuilder();
        notes.forEach(note -> lines.append(Json.line(note)).append('\n'));
        HttpResponse<String> answer = exchange(HttpRequest.newBuilder(URI.create(origin + "api/v1/notes"))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(lines.toString())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    /** Waits until so many notes are decided or undecided, and can be found. */
    void awaitJudged(int notes) {
        await(notes + " notes are judged")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> {
                    JsonNode table = json("api/v1/statistics");
                    int judged = table.path("decided").intValue()
                            + table.path("undecided").intValue();
                    return judged >= notes
                            && json("api/v1/notes?limit=1").path("total").intValue() >= notes;
                });
    }

    /** What a path below the origin answers, which must be JSON. */
    JsonNode json(String path) {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        try {
            return Json.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return exchange(HttpRequest.newBuilder(URI.create(origin + path)));
    }

    /** The status of what a path below the origin answers to another token. */
    int status(String path, String other) {
        return send(HttpRequest.newBuilder(URI.create(origin + path)).header("Authorization", "Bearer " + other))
                .statusCode();
    }

    /** Stops it as it stands: connections stay open, and nothing answers. */
    void suspend() {
        process.signal("STOP");
    }

    /** Lets it go on. */
    void resume() {
        process.signal("CONT");
    }

    @Override
    public void close() {
        client.close();
        process.close();
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        return send(token == null ? request : request.header("Authorization", "Bearer " + token));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
