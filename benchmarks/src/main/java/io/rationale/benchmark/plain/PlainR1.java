package io.rationale.benchmark.plain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.prompt.PromptBuilder;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** How the plain loop asks R1. Thread safe. */
final class PlainR1 {
    private static final int ATTEMPTS = 5;
    private static final String DATA = "data: ";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Taxonomy taxonomy = Taxonomies.ragFailures();
    private final PromptBuilder prompts = new PromptBuilder(taxonomy);
    private final PlainLoop.Options options;

    PlainR1(PlainLoop.Options options) {
        this.options = options;
    }

    /** What the loop says about a note; the exchange is null where none is kept. */
    record Result(Note note, JsonNode verdict, String reasoning, String exchange) {}

    /** What was asked and answered. */
    record Exchange(String id, String request, String response, String reasoning, String content) {}

    /** Of one call; the exchange is null where none is kept. */
    record Answer(List<Result> results, Exchange exchange) {}

    /** What R1 said. */
    private record Said(String reasoning, String content, String response) {}

    Answer ask(List<Note> notes) throws IOException, InterruptedException {
        byte[] body = body(notes);
        HttpRequest request = HttpRequest.newBuilder(URI.create(options.endpoint() + "/chat/completions"))
                .header("Content-Type", "application/json")
                .timeout(PlainLoop.LONGEST_CALL)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        for (int attempt = 1; ; attempt++) {
            try {
                return options.doesAll()
                        ? kept(body, stream(request), notes)
                        : new Answer(read(whole(request), notes, null), null);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private byte[] body(List<Note> notes) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("model", options.model());
        body.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", prompts.build(notes).text());
        body.put("temperature", 0.6).put("top_p", 0.95).put("max_tokens", 32_768);
        if (options.doesAll()) {
            body.put("stream", true);
        }
        return Json.bytes(body);
    }

    private Said whole(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        requireOk(response);
        JsonNode message = Json.tree(response.body()).path("choices").path(0).path("message");
        return new Said(
                message.path("reasoning_content").asText(""),
                message.path("content").asText(""),
                null);
    }

    private Said stream(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
        StringBuilder raw = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        StringBuilder content = new StringBuilder();
        try (Stream<String> lines = response.body()) {
            requireOk(response);
            lines.forEach(line -> {
                raw.append(line).append('\n');
                if (line.startsWith(DATA) && line.startsWith("{", DATA.length())) {
                    JsonNode delta = Json.tree(line.substring(DATA.length()).getBytes(StandardCharsets.UTF_8))
                            .path("choices")
                            .path(0)
                            .path("delta");
                    reasoning.append(delta.path("reasoning_content").asText(""));
                    content.append(delta.path("content").asText(""));
                }
            });
        }
        return new Said(reasoning.toString(), content.toString(), raw.toString());
    }

    private static void requireOk(HttpResponse<?> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
    }

    private Answer kept(byte[] request, Said said, List<Note> notes) throws IOException {
        String id = UUID.randomUUID().toString();
        List<Result> results = read(said, notes, id);
        for (Result result : results) {
            requireValid(result);
        }
        Exchange exchange = new Exchange(
                id, new String(request, StandardCharsets.UTF_8), said.response(), said.reasoning(), said.content());
        return new Answer(results, exchange);
    }

    private void requireValid(Result result) throws IOException {
        if (!taxonomy.labels().containsKey(result.verdict().path("category").asText())) {
            throw new IOException("an unknown category");
        }
        for (JsonNode quote : result.verdict().path("evidence")) {
            if (!result.note().text().contains(quote.asText())) {
                throw new IOException("a quote that is none");
            }
        }
    }

    private static List<Result> read(Said said, List<Note> notes, String exchange) throws IOException {
        Map<String, JsonNode> verdicts = new HashMap<>();
        Json.tree(said.content().getBytes(StandardCharsets.UTF_8))
                .path("verdicts")
                .forEach(verdict -> verdicts.put(verdict.path("id").asText(), verdict));
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < notes.size(); i++) {
            JsonNode verdict = verdicts.get(PromptBuilder.shortId(i));
            if (verdict == null) {
                throw new IOException("no verdict for " + PromptBuilder.shortId(i));
            }
            results.add(new Result(notes.get(i), verdict, said.reasoning(), exchange));
        }
        return results;
    }
}
