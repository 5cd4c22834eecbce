package io.rationale.local.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.json.Json;
import io.rationale.local.command.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One note over HTTP to a console, and the decision about it. Each step is one request; whoever waits in between decides
 * how long.
 */
public final class NoteTrial implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    /** The same for every try, so that the note is written once. */
    private final String idempotencyKey = UUID.randomUUID().toString();

    private final URI api;
    private final Optional<String> token;
    private volatile String lastAnswer = "nothing was asked yet";

    /**
     * @param console address of its page
     * @param token   for one that asks who comes; takes the roles writer and viewer
     */
    public NoteTrial(URI console, Optional<String> token) {
        boolean isHttp = "http".equals(console.getScheme()) || "https".equals(console.getScheme());
        if (!isHttp || console.getHost() == null) {
            throw new UsageException(
                    "--console is the address of a console's page, http://localhost:8080 for example, not '" + console
                            + "'.");
        }
        String path = console.getPath() == null ? "" : console.getPath();
        this.api = console.resolve(path.endsWith("/") ? path : path + "/").resolve("api/v1/");
        this.token = token;
    }

    /**
     * Sends the note, once however often it is called.
     *
     * @return its id; empty when the console cannot take it now
     * @throws UsageException when it never will
     */
    public Optional<String> send(String text, String source) throws InterruptedException {
        return ask(
                        HttpRequest.newBuilder(api.resolve("notes"))
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", idempotencyKey)
                                .POST(BodyPublishers.ofString(Json.line(Map.of("text", text, "source", source)))),
                        202)
                .map(answer -> answer.at("/notes/0/id").asText());
    }

    /** The event of the audit that decides the note; empty until there is one. */
    public Optional<JsonNode> decision(String noteId) throws InterruptedException {
        String id = URLEncoder.encode(noteId, StandardCharsets.UTF_8).replace("+", "%20");
        return ask(HttpRequest.newBuilder(api.resolve("notes/" + id)).GET(), 200)
                .map(answer -> answer.path("event"));
    }

    /** What the console said last, for a sentence about why nothing came. */
    public String lastAnswer() {
        return lastAnswer;
    }

    private Optional<JsonNode> ask(HttpRequest.Builder request, int expected) throws InterruptedException {
        token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
        try {
            HttpResponse<byte[]> answer = http.send(
                    request.timeout(TIMEOUT)
                            .header("Accept", "application/json, application/problem+json")
                            .build(),
                    BodyHandlers.ofByteArray());
            if (answer.statusCode() == expected) {
                return Optional.of(Json.tree(answer.body()));
            }
            lastAnswer = "HTTP " + answer.statusCode() + " " + detail(answer.body());
            if (isFinal(answer.statusCode())) {
                throw new UsageException("The console refuses it: " + lastAnswer);
            }
        } catch (IOException e) {
            lastAnswer =
                    "no connection to " + api.resolve("/") + " (" + e.getClass().getSimpleName() + ")";
        } catch (UncheckedIOException e) {
            throw new UsageException("What answers at " + api.resolve("/") + " is no console.");
        }
        return Optional.empty();
    }

    /** 404 is a note without a decision; an overloaded or starting console answers 429 or 5xx. */
    private static boolean isFinal(int status) {
        return status < 500 && status != 404 && status != 408 && status != 425 && status != 429;
    }

    private static String detail(byte[] body) {
        try {
            return Json.tree(body).path("detail").asText("");
        } catch (UncheckedIOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
