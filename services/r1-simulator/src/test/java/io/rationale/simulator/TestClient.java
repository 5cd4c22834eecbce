package io.rationale.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Speaks to a simulator as an OpenAI client does; every call gives up after half a minute. */
final class TestClient implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI root;
    private final String authorization;

    TestClient(R1Simulator simulator) {
        this(simulator.baseUrl());
    }

    TestClient(String baseUrl) {
        this(URI.create(baseUrl + "/"), "none");
    }

    private TestClient(URI root, String authorization) {
        this.root = root;
        this.authorization = authorization;
    }

    /** A client of the same server that presents a key. */
    TestClient withKey(String key) {
        return new TestClient(root, "Bearer " + key);
    }

    static ObjectNode chat(String prompt) {
        ObjectNode body = Prompts.JSON.createObjectNode();
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        return body;
    }

    static ObjectNode stream(ObjectNode body) {
        body.put("stream", true).putObject("stream_options").put("include_usage", true);
        return body;
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(body, BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(String body, BodyHandler<T> handler) throws IOException, InterruptedException {
        return http.send(request("chat/completions", body), handler);
    }

    /** Completes with the headers; cancelling it closes the connection. */
    CompletableFuture<HttpResponse<InputStream>> sendAsync(String body) {
        return sendAsync(body, BodyHandlers.ofInputStream());
    }

    /** Completes when the handler has what it wants; cancelling it closes the connection. */
    <T> CompletableFuture<HttpResponse<T>> sendAsync(String body, BodyHandler<T> handler) {
        return http.sendAsync(request("chat/completions", body), handler);
    }

    /** A whole response or a stream, byte for byte but for what differs from run to run. */
    String raw(ObjectNode body) throws IOException, InterruptedException {
        return post(body.toString())
                .body()
                .replaceAll("\"created\":\\d+", "\"created\":0")
                .replaceAll("chatcmpl-[0-9a-f]+", "chatcmpl-0");
    }

    JsonNode json(ObjectNode body) throws IOException, InterruptedException {
        return Prompts.JSON.readTree(post(body.toString()).body());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(root.resolve(path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(request(path, body), BodyHandlers.ofString());
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(root.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /** For what becomes true within moments; leaves the processor to others meanwhile. */
    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(100_000);
        }
    }

    /** The data of a stream's events. */
    static List<String> events(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    @Override
    public void close() {
        // Not close: that waits for bodies that nobody reads any more.
        http.shutdownNow();
    }
}
