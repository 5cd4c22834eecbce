package io.rationale.classifier.r1.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a server sends, as a client sees it that is none of ours and understands nothing. */
record Sent(String body) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static Sent by(String baseUrl, byte[] request) throws InterruptedException {
        try {
            HttpRequest post = HttpRequest.newBuilder(URI.create(baseUrl + "/chat/completions"))
                    .POST(BodyPublishers.ofByteArray(request))
                    .build();
            return new Sent(CLIENT.send(post, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without what differs from one response to the next: ids, times, and lines that keep the connection. */
    String comparable() {
        return lines().map(line -> line.replaceAll("chatcmpl-[0-9a-f]+", "chatcmpl-")
                        .replaceAll("\"created\":\\d+", "\"created\":0"))
                .collect(Collectors.joining("\n"));
    }

    /** The same without the line that may have been cut. */
    Sent wholeLines() {
        return new Sent(body.substring(0, body.lastIndexOf('\n') + 1));
    }

    /** All of the thought, in the one field that the server has for it. */
    String thought() {
        return messages()
                .map(message -> text(message, message.has("reasoning_content") ? "reasoning_content" : "reasoning"))
                .collect(Collectors.joining());
    }

    String content() {
        return messages().map(message -> text(message, "content")).collect(Collectors.joining());
    }

    private Stream<JsonNode> messages() {
        return lines().map(line -> line.startsWith("data: ") ? line.substring(6) : line)
                .filter(line -> line.startsWith("{"))
                .map(Sent::json)
                .map(json -> json.path("choices").path(0))
                .flatMap(choice -> Stream.of(choice.path("delta"), choice.path("message")))
                .filter(JsonNode::isObject);
    }

    private Stream<String> lines() {
        List<String> lines = body.lines().toList();
        return lines.stream().filter(line -> !line.isBlank() && !line.startsWith(":"));
    }

    private static String text(JsonNode message, String field) {
        return message.path(field).isTextual() ? message.path(field).textValue() : "";
    }

    private static JsonNode json(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
