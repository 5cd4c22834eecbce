package io.rationale.console.taxonomies;

import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.console.AuditProducer;
import io.rationale.console.ConsoleBroker;
import io.rationale.console.Events;
import io.rationale.console.statistics.StatisticsProgress;
import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life of a version over HTTP; afterwards the shipped one is active again. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
class TaxonomyApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DRAFT = """
            # What went wrong on the way.
            id: NAME
            version: 1
            categories:
              - {id: late, definition: It came too late.}
              - {id: no-error, definition: Nothing is wrong.}
              - {id: other, definition: Anything else.}
            """;

    @TestHTTPResource("/api/v1/")
    URI api;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    @Inject
    StatisticsProgress progress;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void activateTheShippedOne() throws Exception {
        post("taxonomies/rag-failures@1/activate", "{\"by\": \"test\"}");
        http.close();
    }

    @Test
    void shouldLeadAVersionFromProposalToRetirement() throws Exception {
        // when: proposed as YAML
        HttpResponse<String> proposed = post("taxonomies", DRAFT.replace("NAME", "life"));

        // then
        assertThat(proposed.statusCode()).isEqualTo(201);
        assertThat(proposed.headers().firstValue("Location").orElseThrow()).endsWith("/api/v1/taxonomies/life@1");
        assertThat(json(proposed).path("status").asText()).isEqualTo("proposed");
        assertThat(json(get("about")).at("/taxonomy/id").asText()).isEqualTo("rag-failures");

        // when: edited as YAML, by one who names what was changed
        HttpResponse<String> read = get("taxonomies/life@1", "Accept", "application/yaml");
        String tag = read.headers().firstValue("ETag").orElseThrow();
        Taxonomy edited = Taxonomies.parse(read.body()
                .replace("It came too late.", "It came after the deadline.")
                .getBytes(StandardCharsets.UTF_8));
        String yaml = Taxonomies.write(edited);

        // then
        assertThat(put("taxonomies/life@1", yaml).statusCode()).isEqualTo(428);
        assertThat(put("taxonomies/life@1", yaml, "If-Match", "\"other\"").statusCode())
                .isEqualTo(412);
        HttpResponse<String> put = put("taxonomies/life@1", yaml, "If-Match", tag);
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put("taxonomies/life@1", yaml, "If-Match", tag).statusCode())
                .as("a second time")
                .isEqualTo(412);
        assertThat(json(get("taxonomies/life@1")).at("/categories/0/definition").asText())
                .isEqualTo("It came after the deadline.");

        // when
        HttpResponse<String> active = post("taxonomies/life@1/activate", "{\"by\": \"Ada\"}");

        // then
        assertThat(active.statusCode()).isEqualTo(200);
        assertThat(json(active).at("/activation/by").asText()).isEqualTo("Ada");
        assertThat(json(get("about")).at("/taxonomy/id").asText()).isEqualTo("life");
        assertThat(json(get("taxonomy"))).isEqualTo(json(active));
        assertThat(json(get("status")).at("/console/taxonomy/id").asText()).isEqualTo("life");
        assertThat(statusOf("life")).isEqualTo("active");
        assertThat(statusOf("rag-failures")).isEqualTo("retired");
        assertThat(put("taxonomies/life@1", yaml, "If-Match", tagOf(active)).statusCode())
                .isEqualTo(409);
        assertThat(post("taxonomies/life@1/retire", "").statusCode()).isEqualTo(409);

        // when
        post("taxonomies/rag-failures@1/activate", "{\"by\": \"Ada\"}");
        HttpResponse<String> retired = post("taxonomies/life@1/retire", "");

        // then
        assertThat(json(retired).path("status").asText()).isEqualTo("retired");
        assertThat(statusOf("rag-failures")).isEqualTo("active");
        assertThat(json(get("about")).at("/taxonomy/id").asText()).isEqualTo("rag-failures");
    }

    @Test
    void shouldCountAndFindUnderTheVersionThatIsActiveNow() throws Exception {
        // given
        post("taxonomies", DRAFT.replace("NAME", "counted"));
        try (AuditProducer producer = new AuditProducer(brokers)) {
            producer.commit(List.of(classified(
                    note("counted-1", "counted", Events.TEN, "too late"), new TaxonomyRef("counted", 1), "late")));
        }
        progress.awaitCaughtUp(PATIENCE);
        assertThat(json(get("statistics?source=counted")).path("notes").asLong())
                .isZero();

        // when
        post("taxonomies/counted@1/activate", "{\"by\": \"Ada\"}");

        // then
        JsonNode table = json(get("statistics?source=counted"));
        assertThat(table.at("/taxonomy/id").asText()).isEqualTo("counted");
        assertThat(table.findValuesAsText("category")).contains("late");
        assertThat(json(get("notes?source=counted&category=late")).path("total").asLong())
                .isEqualTo(1);
        assertThat(json(get("notes/counted-1")).at("/taxonomy/id").asText()).isEqualTo("counted");
    }

    @Test
    void shouldSayWhatCannotBeUsed() throws Exception {
        // given
        String wrong = DRAFT.replace("NAME", "wrong").replace("id: other", "id: rest");
        String crossed = DRAFT.replace("NAME", "crossed") + "crosswalk: {old: gone}\n";

        // when
        JsonNode faults = json(post("taxonomies", wrong));
        JsonNode leading = json(post("taxonomies", crossed));
        post("taxonomies", DRAFT.replace("NAME", "twice"));
        JsonNode twice = json(post("taxonomies", DRAFT.replace("NAME", "twice")));

        // then
        assertThat(faults.path("status").asInt()).isEqualTo(422);
        assertThat(faults.path("faults")).hasSize(1);
        assertThat(faults.path("detail").asText()).contains("'other' is missing");
        assertThat(leading.path("faults").get(0).asText()).contains("leads from 'old' to 'gone'");
        assertThat(twice.path("status").asInt()).isEqualTo(409);
        assertThat(twice.path("version").asInt()).isEqualTo(2);
        assertThat(json(post("taxonomies/none@9/activate", "{\"by\": \"Ada\"}"))
                        .path("status")
                        .asInt())
                .isEqualTo(404);
        assertThat(json(post("taxonomies/twice@1/activate", "{}")).path("field").asText())
                .isEqualTo("by");
        assertThat(json(get("taxonomies/nothing")).path("status").asInt()).isEqualTo(400);
        assertThat(post("taxonomies", DRAFT, "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
    }

    @Test
    void shouldBaseANewVersionOnTheActiveOne() throws Exception {
        // given
        post("taxonomies", DRAFT.replace("NAME", "based"));
        post("taxonomies/based@1/activate", "{\"by\": \"Ada\"}");
        String second = DRAFT.replace("NAME", "based")
                        .replace("version: 1", "version: 2")
                        .replace("id: late", "id: delayed")
                + "crosswalk: {late: delayed}\n";

        // when
        JsonNode proposed = json(post("taxonomies", second));

        // then
        assertThat(proposed.at("/basedOn/version").asInt()).isEqualTo(1);
        assertThat(proposed.path("crosswalk")).isEqualTo(Json.tree("""
                {"late": "delayed", "no-error": "no-error", "other": "other"}
                """.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldEditADraftOfAVersionStepByStep() throws Exception {
        // given
        post("taxonomies", DRAFT.replace("NAME", "edited"));

        // when
        HttpResponse<String> draft = post("taxonomies/edited@1/draft", "{\"by\": \"Ada\"}");

        // then
        assertThat(draft.statusCode()).isEqualTo(201);
        assertThat(draft.headers().firstValue("Location").orElseThrow()).endsWith("/api/v1/taxonomies/edited@2");
        assertThat(json(draft).at("/basedOn/version").asInt()).isEqualTo(1);
        assertThat(json(draft).path("crosswalk")).hasSize(3);

        // when: each edit starts from the tag that the one before gave
        String tag = tagOf(draft);
        for (String edit : List.of("""
                {"kind": "rename", "category": "late", "id": "delayed", "name": "Delayed"}""", """
                {"kind": "add", "category": {"id": "broken", "definition": "It was broken.", "colour": "#8c3b00"}}""", """
                {"kind": "split", "category": "delayed", "parts": [
                  {"id": "days", "definition": "By days."}, {"id": "weeks", "definition": "By weeks."}]}""", """
                {"kind": "move", "category": "broken", "parent": "delayed"}""", """
                {"kind": "move", "category": "broken", "parent": null}""", """
                {"kind": "redefine", "category": "broken", "definition": "It came broken.", "colour": null}""", """
                {"kind": "merge", "into": "days", "from": ["weeks"]}""", """
                {"kind": "remove", "category": "broken"}""", """
                {"kind": "add", "category": {"id": "lost", "definition": "It never came.", "notThis": "Not `days`."}}""")) {
            HttpResponse<String> answer = edit("edited@2", tag, edit);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            tag = tagOf(answer);
        }

        // then
        JsonNode edited = json(get("taxonomies/edited@2"));
        assertThat(edited.path("categories"))
                .extracting(each -> each.path("id").asText())
                .containsExactly("delayed", "days", "lost", "no-error", "other");
        assertThat(edited.at("/crosswalk/late").asText()).isEqualTo("delayed");
        JsonNode diff = json(get("taxonomies/edited@1/diff?to=edited@2"));
        assertThat(diff.path("renamed").findValuesAsText("newId")).containsExactly("delayed");
        assertThat(diff.path("split").findValuesAsText("id")).containsExactly("delayed");
        assertThat(diff.path("added"))
                .extracting(each -> each.path("id").asText())
                .containsExactly("days", "lost");
        assertThat(json(get("taxonomies/edited@1/diff")).at("/to/id").asText()).isEqualTo("rag-failures");
    }

    @Test
    void shouldSayWhyAnEditCannotBeMade() throws Exception {
        // given
        String tag = tagOf(post("taxonomies", DRAFT.replace("NAME", "stays")));
        String remove = "{\"kind\": \"remove\", \"category\": \"late\"}";

        // then
        JsonNode kind = json(edit("stays@1", tag, "{\"kind\": \"burn\"}"));
        assertThat(kind.path("field").asText()).isEqualTo("edit.kind");
        assertThat(kind.path("possible")).hasSize(7);
        JsonNode category = json(edit("stays@1", tag, "{\"kind\": \"remove\", \"category\": \"none\"}"));
        assertThat(category.path("field").asText()).isEqualTo("edit.category");
        assertThat(category.path("possible")).extracting(JsonNode::asText).containsExactly("late", "no-error", "other");
        JsonNode fixed = json(edit("stays@1", tag, "{\"kind\": \"remove\", \"category\": \"other\"}"));
        assertThat(fixed.path("status").asInt()).isEqualTo(422);
        assertThat(fixed.path("faults").get(0).asText()).contains("every taxonomy has it");
        assertThat(json(edit("stays@1", tag, "{\"kind\": \"add\", \"category\": {\"id\": \"x\"}}"))
                        .path("field")
                        .asText())
                .isEqualTo("edit.category.definition");
        assertThat(edit("stays@1", "\"other\"", remove).statusCode()).isEqualTo(412);
        assertThat(post("taxonomies/stays@1/edits", "{\"by\": \"Ada\", \"edit\": " + remove + "}")
                        .statusCode())
                .isEqualTo(428);
        assertThat(post("taxonomies/stays@1/edits", "{\"edit\": " + remove + "}", "If-Match", tag)
                        .body())
                .contains("\"field\":\"by\"");
        assertThat(edit("rag-failures@1", tagOf(get("taxonomies/rag-failures@1")), remove)
                        .statusCode())
                .isEqualTo(409);
        assertThat(post("taxonomies/none@1/draft", "{\"by\": \"Ada\"}").statusCode())
                .isEqualTo(404);
        assertThat(post("taxonomies/stays@1/draft", "{}").statusCode()).isEqualTo(422);
        assertThat(get("taxonomies/stays@1/diff?to=none@3").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> edit(String ref, String tag, String edit) throws Exception {
        return post("taxonomies/" + ref + "/edits", "{\"by\": \"Ada\", \"edit\": " + edit + "}", "If-Match", tag);
    }

    private String statusOf(String id) throws Exception {
        for (JsonNode version : json(get("taxonomies"))) {
            if (version.at("/taxonomy/id").asText().equals(id)
                    && version.at("/taxonomy/version").asInt() == 1) {
                return version.path("status").asText();
            }
        }
        return "none";
    }

    private static String tagOf(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(api.resolve(path)), headers);
    }

    private HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(api.resolve(path))
                        .header(
                                "Content-Type",
                                path.matches(".*/(activate|draft|edits)") ? "application/json" : "application/yaml")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                headers);
    }

    private HttpResponse<String> put(String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(api.resolve(path))
                        .header("Content-Type", "application/yaml")
                        .PUT(HttpRequest.BodyPublishers.ofString(body)),
                headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
            throws IOException, InterruptedException {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
