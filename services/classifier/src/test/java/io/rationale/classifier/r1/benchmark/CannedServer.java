package io.rationale.classifier.r1.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.classifier.FakeR1Server;
import io.rationale.classifier.FakeR1Server.Response;
import io.rationale.core.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Gives the same answer to everything, as fast as it can, in a process of its own. */
final class CannedServer implements AutoCloseable {
    /** Of thought and answer, each an event of its own in a stream. */
    static final int TOKENS = 2_000;

    private static final int ANSWER_TOKENS = 200;

    private final Process process;
    private final int port;

    private CannedServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static CannedServer start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        // Else each answer waits for an acknowledgement that comes 40 ms later.
                        "-Dsun.net.httpserver.nodelay=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CannedServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new CannedServer(process, Integer.parseInt(out.readLine()));
    }

    String baseUrl() {
        return "http://127.0.0.1:" + port + "/v1";
    }

    @Override
    public void close() {
        process.destroy();
    }

    public static void main(String[] args) {
        List<String> tokens = tokens();
        List<byte[]> events = events(tokens);
        Response whole = Response.of(200, whole(tokens));
        Response streamed = Response.stream(out -> {
            for (byte[] event : events) {
                out.write(event);
                out.flush();
            }
        });
        Response models = Response.of(200, "{\"data\":[{\"id\":\"deepseek-r1\",\"owned_by\":\"vllm\"}]}");
        FakeR1Server server = FakeR1Server.start(0, request -> {
            if (!request.path().endsWith("/chat/completions")) {
                return request.path().endsWith("/models") ? models : Response.of(404, "{}");
            }
            return request.body().contains("\"stream\":true") ? streamed : whole;
        });
        System.out.println(server.port());
    }

    /** Words that repeat as little as those of a thought. */
    private static List<String> tokens() {
        Random random = new Random(1);
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < TOKENS; i++) {
            tokens.add(" " + Integer.toString(1_000 + random.nextInt(40_000), 36));
        }
        return tokens;
    }

    private static List<byte[]> events(List<String> tokens) {
        List<byte[]> events = new ArrayList<>();
        for (int i = 0; i < TOKENS; i++) {
            ObjectNode chunk = envelope("chat.completion.chunk");
            ObjectNode choice = chunk.withArray("choices").addObject().put("index", 0);
            ObjectNode delta = choice.putObject("delta");
            if (isAnswer(i)) {
                delta.put("content", tokens.get(i));
            } else {
                delta.put("reasoning", tokens.get(i)).put("reasoning_content", tokens.get(i));
            }
            choice.putNull("logprobs").put("finish_reason", i == TOKENS - 1 ? "stop" : null);
            events.add(event(Json.line(chunk)));
        }
        ObjectNode usage = envelope("chat.completion.chunk");
        usage.putArray("choices");
        events.add(event(Json.line(withUsage(usage))));
        events.add(event("[DONE]"));
        return events;
    }

    private static String whole(List<String> tokens) {
        ObjectNode root = envelope("chat.completion");
        ObjectNode choice = root.withArray("choices").addObject().put("index", 0);
        String thought = String.join("", tokens.subList(0, TOKENS - ANSWER_TOKENS));
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", String.join("", tokens.subList(TOKENS - ANSWER_TOKENS, TOKENS)))
                .put("reasoning", thought)
                .put("reasoning_content", thought);
        choice.put("finish_reason", "stop");
        return Json.line(withUsage(root));
    }

    private static ObjectNode envelope(String object) {
        return Json.mapper()
                .createObjectNode()
                .put("id", "chatcmpl-0123456789abcdef")
                .put("object", object)
                .put("created", 1_790_000_000)
                .put("model", "deepseek-r1");
    }

    private static ObjectNode withUsage(ObjectNode root) {
        root.putObject("usage").put("prompt_tokens", 6_000).put("completion_tokens", TOKENS);
        return root;
    }

    private static byte[] event(String data) {
        return ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isAnswer(int token) {
        return token >= TOKENS - ANSWER_TOKENS;
    }
}
