package io.rationale.local.taxonomies;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A running console. */
public final class ConsoleStore implements TaxonomyStore {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final Optional<String> token;

    /**
     * @param console address of its page
     * @param token   for one that asks who comes
     */
    public ConsoleStore(URI console, Optional<String> token) {
        boolean isHttp = "http".equals(console.getScheme()) || "https".equals(console.getScheme());
        if (!isHttp || console.getHost() == null) {
            throw new UsageException(
                    "--console is the address of a console's page, http://localhost:8080 for example, not '" + console
                            + "'.");
        }
        String path = console.getPath() == null ? "" : console.getPath();
        this.base = console.resolve(path.endsWith("/") ? path : path + "/").resolve("api/v1/");
        this.token = token;
    }

    @Override
    public List<Taxonomy> all() throws InterruptedException {
        List<Taxonomy> all = new ArrayList<>();
        for (JsonNode version : json(send("taxonomies", HttpRequest.newBuilder().GET()))) {
            if (version.path("known").asBoolean()) {
                all.add(get(new TaxonomyRef(
                        version.at("/taxonomy/id").asText(),
                        version.at("/taxonomy/version").asInt())));
            }
        }
        return all;
    }

    private Taxonomy get(TaxonomyRef ref) throws InterruptedException {
        return taxonomy(send(path(ref), HttpRequest.newBuilder().GET()));
    }

    @Override
    public Taxonomy propose(Taxonomy draft) throws InterruptedException {
        Optional<Taxonomy> before = all().stream()
                .filter(each -> each.ref().equals(draft.ref()))
                .findFirst()
                .filter(each -> each.saysTheSameAs(draft));
        return before.isPresent()
                ? before.get()
                : taxonomy(send("taxonomies", posting("application/yaml", Taxonomies.write(draft))));
    }

    @Override
    public Taxonomy activate(TaxonomyRef ref, String by) throws InterruptedException {
        Map<String, String> body = by == null ? Map.of() : Map.of("by", by);
        return taxonomy(send(path(ref) + "/activate", posting("application/json", Json.line(body))));
    }

    private static HttpRequest.Builder posting(String type, String body) {
        return HttpRequest.newBuilder()
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    }

    private static String path(TaxonomyRef ref) {
        return "taxonomies/"
                + URLEncoder.encode(ref.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String send(String path, HttpRequest.Builder request) throws InterruptedException {
        token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
        try {
            HttpResponse<String> answer = http.send(
                    request.uri(base.resolve(path))
                            .timeout(TIMEOUT)
                            .header("Accept", "application/json")
                            .build(),
                    BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() >= 300) {
                throw new UsageException("The console refuses it: " + reason(answer));
            }
            return answer.body();
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

    private static Taxonomy taxonomy(String body) {
        return Json.read(body.getBytes(StandardCharsets.UTF_8), Taxonomy.class);
    }

    @Override
    public void close() {
        http.close();
    }
}
