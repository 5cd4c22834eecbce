package io.rationale.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Speaks to a simulator as an OpenAI client does; every call gives up after half a minute. */
final class TestClient implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI root;

    TestClient(R1Simulator simulator) {
        root = URI.create(simulator.baseUrl() + "/");
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
        HttpRequest request = HttpRequest.newBuilder(root.resolve("chat/completions"))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, handler);
    }

    JsonNode json(ObjectNode body) throws IOException, InterruptedException {
        return Prompts.JSON.readTree(post(body.toString()).body());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(root.resolve(path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> postEmpty(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(root.resolve(path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** The data of a stream's events. */
    static List<String> events(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    @Override
    public void close() {
        http.close();
    }
}
