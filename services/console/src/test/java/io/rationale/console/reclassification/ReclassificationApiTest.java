package io.rationale.console.reclassification;

import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.console.AuditProducer;
import io.rationale.console.ConsoleBroker;
import io.rationale.console.EventStream;
import io.rationale.console.Events;
import io.rationale.console.statistics.StatisticsProgress;
import io.rationale.core.json.Json;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reclassifications over HTTP, with nobody who judges: they stay where they are until they are cancelled. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
class ReclassificationApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TARGET = """
            id: again
            version: VERSION
            basedOn: {id: rag-failures, version: 1}
            categories:
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
    void close() {
        http.close();
    }

    @Test
    void shouldEstimateWithoutDoingAnything() throws Exception {
        // given
        decided("estimate");
        propose(1);

        // when
        JsonNode estimate = json(post("reclassifications/estimate", """
                {"taxonomy":"again@1","from":"rag-failures@1","source":["estimate"]}"""));
        JsonNode ofOne = json(post("reclassifications/estimate", """
                {"taxonomy":"again@1","from":"rag-failures@1","source":["estimate"],"category":["retrieval"]}"""));

        // then
        assertThat(estimate.path("notes").asInt()).isEqualTo(12);
        assertThat(estimate.path("already").asInt()).isZero();
        assertThat(estimate.at("/tokens/total").asInt()).isPositive();
        assertThat(estimate.at("/basis/notes").asInt()).isEqualTo(12);
        assertThat(estimate.at("/basis/questions").asInt()).isEqualTo(12);
        assertThat(ofOne.path("notes").asInt()).as("labels below a group").isEqualTo(11);
        assertThat(json(get("reclassifications")).path("reclassifications").findValuesAsText("by"))
                .doesNotContain("estimate");
    }

    @Test
    void shouldLeadAJobFromTheRequestToItsEnd() throws Exception {
        // given
        decided("job");
        propose(2);
        try (EventStream events = EventStream.open(http, api.resolve("events"))) {
            // when
            HttpResponse<String> asked = post("reclassifications", """
                    {"by":"Ada","taxonomy":"again@2","source":["job"]}""");

            // then
            assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
            JsonNode job = json(asked);
            String id = job.path("id").asText();
            assertThat(asked.headers().firstValue("Location").orElseThrow())
                    .endsWith("/api/v1/reclassifications/" + id);
            assertThat(job.path("taxonomy").asText()).isEqualTo("again@2");
            assertThat(job.at("/selection/from").asText()).isEqualTo("rag-failures@1");
            events.next("reclassifications");
            await().atMost(PATIENCE).until(() -> find(id).path("enqueued").asInt() == 12);
            assertThat(find(id).path("state").asText()).isEqualTo("running");

            // when
            assertThat(change(id, "pause").path("state").asText()).isEqualTo("paused");
            assertThat(post("reclassifications/" + id + "/pause", "{\"by\":\"Ada\"}")
                            .statusCode())
                    .isEqualTo(409);
            assertThat(change(id, "resume").path("state").asText()).isEqualTo("running");
            assertThat(change(id, "cancel").path("state").asText()).isEqualTo("cancelling");

            // then: nobody has finished with the notes, so that it is not known what of them is still judged
            assertThat(post("reclassifications/" + id + "/cancel", "{\"by\":\"Ada\"}")
                            .statusCode())
                    .isEqualTo(409);
            assertThat(find(id).path("changed").findValuesAsText("what")).containsExactly("pause", "resume", "cancel");
            assertThat(json(get("reclassifications")).path("reclassifications").findValuesAsText("id"))
                    .contains(id);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            taxonomy | {"by":"Ada","taxonomy":"nothing@1"}
            taxonomy | {"by":"Ada","taxonomy":"rag-failures"}
            from     | {"by":"Ada","from":"nothing@7"}
            category | {"by":"Ada","category":["nonsense"]}
            category | {"by":"Ada","category":"other"}
            window   | {"by":"Ada","window":"2h"}
            window   | {"by":"Ada","window":"7d","since":"2026-01-01T00:00:00Z"}
            since    | {"by":"Ada","since":"yesterday"}
            since    | {"by":"Ada","since":"2026-02-01T00:00:00Z","until":"2026-01-01T00:00:00Z"}
            again    | {"by":"Ada","again":"yes"}
            by       | {"by":" "}
            by       | {}
            estimate | {"by":"Ada","estimate":{"notes":"many"}}
            """)
    void shouldNameTheFieldThatIsWrong(String field, String body) throws Exception {
        HttpResponse<String> answer = post("reclassifications", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(json(answer).path("field").asText()).isEqualTo(field);
    }

    @Test
    void shouldRefuseOtherSitesAndUnknownJobs() throws Exception {
        assertThat(http.send(
                                HttpRequest.newBuilder(api.resolve("reclassifications"))
                                        .header("Content-Type", "application/json")
                                        .header("Sec-Fetch-Site", "cross-site")
                                        .POST(BodyPublishers.ofString("{\"by\":\"Ada\"}"))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("reclassifications/nobody").statusCode()).isEqualTo(404);
        assertThat(post("reclassifications/nobody/pause", "{\"by\":\"Ada\"}").statusCode())
                .isEqualTo(404);
    }

    private void decided(String source) throws Exception {
        try (AuditProducer producer = new AuditProducer(brokers)) {
            for (int i = 0; i < 12; i++) {
                producer.commit(List.of(classified(
                        note(source + i, source, Events.TEN, source + " says " + i),
                        V1,
                        i == 0 ? "other" : "missed-retrieval")));
            }
        }
        progress.awaitCaughtUp(PATIENCE);
    }

    private void propose(int version) throws Exception {
        post("taxonomies", TARGET.replace("VERSION", String.valueOf(version)));
    }

    private JsonNode find(String id) throws Exception {
        return json(get("reclassifications/" + id));
    }

    private JsonNode change(String id, String what) throws Exception {
        HttpResponse<String> answer = post("reclassifications/" + id + "/" + what, "{\"by\":\"Ada\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return json(answer);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(api.resolve(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(api.resolve(path))
                        .header("Content-Type", path.equals("taxonomies") ? "application/yaml" : "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
