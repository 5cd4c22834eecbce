package io.rationale.local.reclassification;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.json.Json;
import io.rationale.local.command.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Asks a console, be it elsewhere or in this process. */
public final class ReclassificationClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 300;
    private static final int LOADING = 503;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final Optional<String> token;
    private final BooleanSupplier stopping;

    /** Whoever waits for a console that is reading its stores asked to stop. */
    public static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * @param console  address of its page
     * @param token    for one that asks who comes
     * @param stopping whether the user asked to stop
     */
    public ReclassificationClient(URI console, Optional<String> token, BooleanSupplier stopping) {
        boolean isHttp = "http".equals(console.getScheme()) || "https".equals(console.getScheme());
        if (!isHttp || console.getHost() == null) {
            throw new UsageException(
                    "--console is the address of a console's page, http://localhost:8080 for example, not '" + console
                            + "'.");
        }
        String path = console.getPath() == null ? "" : console.getPath();
        this.base = console.resolve(path.endsWith("/") ? path : path + "/").resolve("api/v1/reclassifications");
        this.token = token;
        this.stopping = stopping;
    }

    /** What a selection would take. */
    public JsonNode estimate(JsonNode selection) throws InterruptedException {
        return send("/estimate", selection);
    }

    /** Begins. */
    public JsonNode start(JsonNode selection) throws InterruptedException {
        return send("", selection);
    }

    /** All, the newest first. */
    public List<JsonNode> all() throws InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        send("", null).path("reclassifications").forEach(all::add);
        return all;
    }

    /** One. */
    public JsonNode find(String id) throws InterruptedException {
        return send("/" + id, null);
    }

    /**
     * @param what pause, resume or cancel
     * @param by   who wants it; null for whose token it is
     */
    public JsonNode change(String id, String what, String by) throws InterruptedException {
        Map<String, String> body = by == null ? Map.of() : Map.of("by", by);
        return send("/" + id + "/" + what, Json.mapper().valueToTree(body));
    }

    /** A console that is reading its stores is asked again. */
    private JsonNode send(String path, JsonNode body) throws InterruptedException {
        HttpResponse<String> answer = once(path, body);
        while (answer.statusCode() == LOADING) {
            if (stopping.getAsBoolean()) {
                throw new StoppedException();
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            answer = once(path, body);
        }
        if (answer.statusCode() >= 300) {
            throw new UsageException("The console refuses it: " + reason(answer));
        }
        return json(answer.body());
    }

    private HttpResponse<String> once(String path, JsonNode body) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT).header("Accept", "application/json");
        token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
        if (body != null) {
            request.header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(Json.line(body), StandardCharsets.UTF_8));
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UsageException("The console at " + base.resolve("/") + " cannot be reached ("
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()) + ").");
        }
    }

    /** The problem's sentence, as far as it is one. */
    private static String reason(HttpResponse<String> answer) {
        try {
            String detail = json(answer.body()).path("detail").asText("");
            return detail.isEmpty() ? "HTTP " + answer.statusCode() + "." : detail;
        } catch (UncheckedIOException e) {
            return "HTTP " + answer.statusCode() + ": is that a console's address?";
        }
    }

    private static JsonNode json(String body) {
        return Json.tree(body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        http.close();
    }
}
