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
import org.awaitility.core.ConditionTimeoutException;

/** The packaged application as it serves: {@code serve}, with whatever R1 there is, until it is closed. */
final class Served implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RationaleProcess process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String origin;
    private final String brokers;
    private final String token;

    private Served(RationaleProcess process, String origin, String brokers, String token) {
        this.process = process;
        this.origin = origin;
        this.brokers = brokers;
        this.token = token;
    }

    /** Starts it with all its data in a folder, whose {@code config/application.properties} it reads. */
    static Served start(Path folder, String r1) {
        return start(folder, r1, null);
    }

    /** The same, where it asks who comes. @param token for what is asked here, or null */
    static Served start(Path folder, String r1, String token) {
        int port = Ports.free();
        int kafka = Ports.free();
        RationaleProcess process = RationaleProcess.start(
                folder,
                "serve",
                "--port",
                String.valueOf(port),
                "--kafka-port",
                String.valueOf(kafka),
                "--data",
                folder.resolve("data").toString(),
                "--r1",
                r1);
        Served served = new Served(process, "http://127.0.0.1:" + port + "/", "127.0.0.1:" + kafka, token);
        try {
            await("the API answers")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptions()
                    .until(() -> served.get("api/v1/notes?limit=1").statusCode() == 200);
            return served;
        } catch (ConditionTimeoutException e) {
            try (served) {
                throw new AssertionError(e.getMessage() + process.standstill(), e);
            }
        }
    }

    /** Of the page, with the slash at its end. */
    String origin() {
        return origin;
    }

    /** Where its broker listens. */
    String brokers() {
        return brokers;
    }

    /** Sends notes, each a JSON object or a string that is its text. */
    void send(List<? extends JsonNode> notes) {
        StringBuilder lines = new StringBuilder();
        notes.forEach(note -> lines.append(Json.line(note)).append('\n'));
        HttpResponse<String> answer = post("api/v1/notes", "application/x-ndjson", lines.toString());
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
        return exchange(request(path));
    }

    HttpResponse<String> post(String path, String type, String body) {
        return exchange(posting(path, type, body));
    }

    /** A request for a path below the origin. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin + path));
    }

    /** A request that posts to a path below the origin. */
    HttpRequest.Builder posting(String path, String type, String body) {
        return request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** The status of what a path below the origin answers to another token. */
    int status(String path, String other) {
        return exchangeAsStranger(request(path).header("Authorization", "Bearer " + other))
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

    /** Ends it as a service manager does, and waits until it has. */
    RationaleProcess.Result terminate() {
        process.terminate();
        return process.await();
    }

    @Override
    public void close() {
        client.close();
        process.close();
    }

    /** Asks with the token, where there is one. */
    HttpResponse<String> exchange(HttpRequest.Builder request) {
        return exchangeAsStranger(token == null ? request : request.header("Authorization", "Bearer " + token));
    }

    /** Asks without the token. */
    HttpResponse<String> exchangeAsStranger(HttpRequest.Builder request) {
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
