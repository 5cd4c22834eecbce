package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.json.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Somebody who works by the API, beside the page that a test looks at: sends notes, reviews, and edits taxonomies. */
final class Colleague {
    private final String name;
    private final Served served;
    private final List<String> sources;

    /** @param sources that notes come from, in turn */
    Colleague(String name, Served served, List<String> sources) {
        this.name = name;
        this.served = served;
        this.sources = sources;
    }

    /** Sends notes of the last half hour. @param seed other notes for another one */
    void send(int notes, long seed) {
        List<JsonNode> batch = new ArrayList<>();
        for (String text : new RandomNotes(seed).texts(notes)) {
            batch.add(Json.mapper()
                    .createObjectNode()
                    .put("id", "note-" + seed + "-" + batch.size())
                    .put("text", text)
                    .put("source", sources.get(batch.size() % sources.size()))
                    .put(
                            "observedAt",
                            Instant.now()
                                    .minus(batch.size() % 30, ChronoUnit.MINUTES)
                                    .toString()));
        }
        served.send(batch);
    }

    /** Makes a proposal of the active version. @return its id and version */
    String draft() {
        JsonNode active = served.json("api/v1/taxonomies").path(0).path("taxonomy");
        return ref(post("taxonomies/" + ref(active) + "/draft", by(), null, 201));
    }

    /** Gives a category of a proposal another definition. */
    void redefine(String proposal, String category, String definition) {
        String tag = served.get("api/v1/taxonomies/" + proposal)
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        ObjectNode body = by();
        body.putObject("edit").put("kind", "redefine").put("category", category).put("definition", definition);
        post("taxonomies/" + proposal + "/edits", body, tag, 200);
    }

    /** Labels a note under a version. */
    void review(String note, String taxonomy, String category) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("category", category).put("reviewer", name).put("taxonomy", taxonomy);
        post("notes/" + note + "/reviews", body, null, 201);
    }

    private ObjectNode by() {
        return Json.mapper().createObjectNode().put("by", name);
    }

    private static String ref(JsonNode named) {
        return named.path("id").textValue() + "@" + named.path("version").intValue();
    }

    /** What the API answers to a body, which it must take. @param match the state that is changed, or null */
    private JsonNode post(String path, JsonNode body, String match, int status) {
        HttpRequest.Builder request = served.posting("api/v1/" + path, "application/json", Json.line(body));
        if (match != null) {
            request.header("If-Match", match);
        }
        HttpResponse<String> answer = served.exchange(request);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(status);
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
