package io.rationale.benchmark.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rationale.core.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * An R1 that needs no time: gives every note of a prompt a valid verdict at once, in a process of its own. The thought has
 * as many tokens a note as wanted; in a stream each token is an event and a chunk of its own, the worst case for a client.
 */
public final class CannedR1 {
    /** The name of its model. */
    public static final String MODEL = "deepseek-r1";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern LISTENS = Pattern.compile("canned r1 on (\\d+)");
    private static final String NOTES = "<notes>\n";
    private static final int CHARACTERS_A_TOKEN = 4;
    private static final int QUOTE_CHARACTERS = 24;

    private final ChildProcess process;
    private final int port;

    private CannedR1(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param thoughtTokens tokens of the thought about a note */
    public static CannedR1 start(Processes processes, int thoughtTokens) {
        ChildProcess process = processes.start(
                "canned-r1",
                CannedR1.class.getName(),
                // Without it each answer waits for an acknowledgement that comes 40 ms later.
                List.of(
                        "-Dsun.net.httpserver.nodelay=true",
                        // Connections that it closed for being many would look like faults.
                        "-Dsun.net.httpserver.maxIdleConnections=4096",
                        "-Dsun.net.httpserver.idleInterval=3600",
                        "-XX:+UseSerialGC",
                        "-Xmx1g"),
                List.of(String.valueOf(thoughtTokens)));
        return new CannedR1(
                process, Integer.parseInt(process.awaitOutput(LISTENS, PATIENCE).group(1)));
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + port + "/v1";
    }

    public ChildProcess process() {
        return process;
    }

    /** The server: tokens of the thought. */
    public static void main(String[] args) throws IOException {
        Parent.watch();
        int thoughtTokens = Integer.parseInt(args[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, thoughtTokens));
        server.start();
        System.out.println("canned r1 on " + server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange, int thoughtTokens) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith("/models")) {
                send(exchange, 200, "{\"data\":[{\"id\":\"" + MODEL + "\",\"owned_by\":\"vllm\"}]}");
            } else if (path.endsWith("/chat/completions")) {
                complete(exchange, Json.tree(body), thoughtTokens);
            } else {
                send(exchange, 404, "{}");
            }
        }
    }

    private static void complete(HttpExchange exchange, JsonNode request, int thoughtTokens) throws IOException {
        List<JsonNode> notes = notes(request.path("messages"));
        String thought = "Note by note. "
                .repeat(1 + thoughtTokens * notes.size() * CHARACTERS_A_TOKEN / 14)
                .substring(0, thoughtTokens * notes.size() * CHARACTERS_A_TOKEN);
        // A prompt without notes is a probe.
        String answer = notes.isEmpty() ? "{\"ok\":true}" : verdicts(notes);
        if (request.path("stream").booleanValue()) {
            stream(exchange, thought, answer);
        } else {
            whole(exchange, thought, answer);
        }
    }

    private static List<JsonNode> notes(JsonNode messages) {
        String prompt = messages.path(messages.size() - 1).path("content").textValue();
        int start = prompt.lastIndexOf(NOTES);
        return prompt.substring(start < 0 ? prompt.length() : start + NOTES.length())
                .lines()
                .takeWhile(line -> !line.equals("</notes>"))
                .map(line -> Json.tree(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static String verdicts(List<JsonNode> notes) {
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode verdicts = answer.putArray("verdicts");
        for (JsonNode note : notes) {
            String text = note.path("text").textValue();
            ObjectNode verdict = verdicts.addObject();
            verdict.put("id", note.path("id").textValue());
            verdict.put("category", "other").putNull("secondary");
            verdict.putArray("evidence").add(text.substring(0, Math.min(QUOTE_CHARACTERS, text.length())));
            verdict.put("rationale", "No category names it.").put("confidence", "high");
        }
        return Json.line(answer);
    }

    private static void stream(HttpExchange exchange, String thought, String answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (String token : tokens(thought)) {
                event(out, delta("reasoning_content", token, null));
            }
            List<String> tokens = tokens(answer);
            for (int i = 0; i < tokens.size(); i++) {
                event(out, delta("content", tokens.get(i), i == tokens.size() - 1 ? "stop" : null));
            }
            ObjectNode last = envelope("chat.completion.chunk");
            last.putArray("choices");
            event(out, Json.line(withUsage(last, thought, answer)));
            event(out, "[DONE]");
        }
    }

    private static void whole(HttpExchange exchange, String thought, String answer) throws IOException {
        ObjectNode root = envelope("chat.completion");
        ObjectNode choice = root.withArray("choices").addObject().put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", answer)
                .put("reasoning_content", thought);
        choice.put("finish_reason", "stop");
        send(exchange, 200, Json.line(withUsage(root, thought, answer)));
    }

    private static String delta(String field, String token, String finishReason) {
        ObjectNode chunk = envelope("chat.completion.chunk");
        ObjectNode choice = chunk.withArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put(field, token);
        choice.putNull("logprobs").put("finish_reason", finishReason);
        return Json.line(chunk);
    }

    private static ObjectNode envelope(String object) {
        return Json.mapper()
                .createObjectNode()
                .put("id", "chatcmpl-0123456789abcdef")
                .put("object", object)
                .put("created", 1_790_000_000)
                .put("model", MODEL);
    }

    private static ObjectNode withUsage(ObjectNode root, String thought, String answer) {
        root.putObject("usage")
                .put("prompt_tokens", 6_000)
                .put("completion_tokens", (thought.length() + answer.length()) / CHARACTERS_A_TOKEN);
        return root;
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < text.length(); i += CHARACTERS_A_TOKEN) {
            tokens.add(text.substring(i, Math.min(i + CHARACTERS_A_TOKEN, text.length())));
        }
        return tokens;
    }

    private static void event(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
