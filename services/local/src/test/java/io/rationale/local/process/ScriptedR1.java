package io.rationale.local.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
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
import java.util.function.Function;

/** An R1 server that says what a test wants it to say about the notes of a prompt. */
final class ScriptedR1 implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String model;
    private final Function<List<JsonNode>, Said> script;
    private final Desk desk;

    private ScriptedR1(HttpServer server, String model, Function<List<JsonNode>, Said> script, Desk desk) {
        this.server = server;
        this.model = model;
        this.script = script;
        this.desk = desk;
    }

    /**
     * What it says.
     *
     * @param reasoning the chain of thought
     * @param content   the answer
     */
    record Said(String reasoning, String content) {}

    /** Sees each request for an answer before it is read. */
    interface Desk {
        /** Whether it has sent an answer of its own. */
        boolean refuses(HttpExchange exchange, String body) throws IOException;
    }

    /** The script gets the notes of a prompt, each with {@code id} and {@code text}. */
    static ScriptedR1 start(String model, Function<List<JsonNode>, Said> script) {
        return start(model, script, (exchange, body) -> false);
    }

    /** The same, with somebody who sees the requests first. */
    static ScriptedR1 start(String model, Function<List<JsonNode>, Said> script, Desk desk) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ScriptedR1 r1 = new ScriptedR1(server, model, script, desk);
            server.setExecutor(r1.threads);
            server.createContext("/v1/models", exchange -> send(exchange, 200, Json.line(r1.models())));
            server.createContext("/v1/chat/completions", r1::complete);
            server.start();
            return r1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String baseUrl() {
        return "http://" + address() + "/v1";
    }

    /** Host and port. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Has it do something else, too. @param path that is handled */
    void serve(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    /** Answers a request with JSON. */
    static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** An acceptable answer: each note has the category, and its whole text is the quote. */
    static String verdicts(List<JsonNode> notes, String category, String rationale) {
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode verdicts = answer.putArray("verdicts");
        for (JsonNode note : notes) {
            ObjectNode verdict = verdicts.addObject();
            verdict.put("id", note.path("id").textValue()).put("category", category);
            verdict.putNull("secondary");
            verdict.putArray("evidence").add(note.path("text").textValue());
            verdict.put("rationale", rationale).put("confidence", "high");
        }
        return Json.line(answer);
    }

    /** A thought with a passage about each note. */
    static String thought(List<JsonNode> notes, String passage) {
        StringBuilder thought = new StringBuilder();
        notes.forEach(note -> thought.append("Note ")
                .append(note.path("id").textValue())
                .append(": ")
                .append(passage)
                .append('\n'));
        return thought.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void complete(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!desk.refuses(exchange, body)) {
            send(exchange, 200, Json.line(completion(said(body))));
        }
    }

    private Said said(String body) {
        String prompt = Json.tree(body.getBytes(StandardCharsets.UTF_8))
                .path("messages")
                .path(0)
                .path("content")
                .textValue();
        if (!prompt.contains("<notes>\n")) {
            return new Said("A probe.", "{\"ok\":true}");
        }
        String notes = prompt.substring(prompt.lastIndexOf("<notes>\n") + 8, prompt.lastIndexOf("</notes>"));
        return script.apply(notes.lines()
                .map(line -> Json.tree(line.getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    private ObjectNode completion(Said said) {
        ObjectNode root = Json.mapper().createObjectNode();
        root.put("id", "c-1").put("object", "chat.completion").put("model", model);
        ObjectNode choice = root.putArray("choices").addObject();
        choice.put("index", 0).put("finish_reason", "stop");
        choice.putObject("message")
                .put("role", "assistant")
                .put("reasoning_content", said.reasoning())
                .put("content", said.content());
        root.putObject("usage").put("prompt_tokens", 100).put("completion_tokens", 50);
        return root;
    }

    private ObjectNode models() {
        ObjectNode root = Json.mapper().createObjectNode().put("object", "list");
        root.putArray("data").addObject().put("id", model);
        return root;
    }
}
