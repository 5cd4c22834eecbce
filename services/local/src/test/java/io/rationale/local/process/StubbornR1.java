package io.rationale.local.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rationale.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every prompt well, save those with a note that holds a certain word: for them it talks about the weather. */
final class StubbornR1 implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger refusals = new AtomicInteger();
    private final String poison;

    private StubbornR1(HttpServer server, String poison) {
        this.server = server;
        this.poison = poison;
    }

    static StubbornR1 start(String poison) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            StubbornR1 r1 = new StubbornR1(server, poison);
            server.setExecutor(r1.threads);
            server.createContext("/v1/models", exchange -> send(exchange, models()));
            server.createContext("/v1/chat/completions", exchange -> send(exchange, r1.complete(exchange)));
            server.start();
            return r1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** Prompts that it gave no proper answer to. */
    int refusals() {
        return refusals.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private ObjectNode complete(HttpExchange exchange) throws IOException {
        JsonNode request = Json.tree(exchange.getRequestBody().readAllBytes());
        String prompt = request.path("messages").path(0).path("content").textValue();
        if (!prompt.contains("<notes>\n")) {
            return completion("A probe.", "{\"ok\":true}");
        }
        String notes = prompt.substring(prompt.lastIndexOf("<notes>\n") + 8, prompt.lastIndexOf("</notes>"));
        if (notes.contains(poison)) {
            refusals.incrementAndGet();
            return completion("I would rather talk about the weather.", "The weather is {\"fine\": ");
        }
        List<JsonNode> asked = notes.lines()
                .map(line -> Json.tree(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        return completion(thought(asked), Json.line(answer(asked)));
    }

    private static String thought(List<JsonNode> notes) {
        StringBuilder thought = new StringBuilder();
        notes.forEach(note ->
                thought.append("Note ").append(note.path("id").textValue()).append(": that is wrong-format.\n"));
        return thought.toString();
    }

    private static ObjectNode answer(List<JsonNode> notes) {
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode verdicts = answer.putArray("verdicts");
        for (JsonNode note : notes) {
            ObjectNode verdict = verdicts.addObject();
            verdict.put("id", note.path("id").textValue()).put("category", "wrong-format");
            verdict.putNull("secondary");
            verdict.putArray("evidence").add(note.path("text").textValue());
            verdict.put("rationale", "It is the format.").put("confidence", "high");
        }
        return answer;
    }

    private static ObjectNode completion(String reasoning, String content) {
        ObjectNode root = Json.mapper().createObjectNode();
        root.put("id", "c-1").put("object", "chat.completion").put("model", "stubborn");
        ObjectNode choice = root.putArray("choices").addObject();
        choice.put("index", 0).put("finish_reason", "stop");
        choice.putObject("message")
                .put("role", "assistant")
                .put("reasoning_content", reasoning)
                .put("content", content);
        root.putObject("usage").put("prompt_tokens", 100).put("completion_tokens", 50);
        return root;
    }

    private static ObjectNode models() {
        ObjectNode root = Json.mapper().createObjectNode().put("object", "list");
        root.putArray("data").addObject().put("id", "stubborn");
        return root;
    }

    private static void send(HttpExchange exchange, JsonNode body) throws IOException {
        byte[] bytes = Json.bytes(body);
        try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
