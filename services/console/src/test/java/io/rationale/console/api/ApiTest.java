package io.rationale.console.api;

import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static io.rationale.console.Events.reviewed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.console.AuditProducer;
import io.rationale.console.ConsoleBroker;
import io.rationale.console.EventStream;
import io.rationale.console.Events;
import io.rationale.console.api.OpenApiDocument.Operation;
import io.rationale.console.statistics.StatisticsProgress;
import io.rationale.core.json.Json;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The running console against its OpenAPI document, and its refusals. */
@QuarkusTest
@QuarkusTestResource(ConsoleBroker.class)
class ApiTest {
    @TestHTTPResource("/")
    URI home;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    @Inject
    StatisticsProgress progress;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
    }

    private HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(home.resolve(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldAnswerEveryGetAsDocumented() throws Exception {
        // given
        try (AuditProducer producer = new AuditProducer(brokers)) {
            producer.commit(List.of(
                    classified(note("case-17", "clinic", Events.TEN, "Nothing was found."), V1, "missed-retrieval"),
                    classified(note("case-18", "clinic", Events.TEN, "The dose is wrong."), V1, "other"),
                    reviewed("case-18", V1, "missed-retrieval")));
        }
        progress.awaitCaughtUp(Duration.ofSeconds(60));
        OpenApiDocument document = new OpenApiDocument(json(send("GET", "/api/v1/openapi")));
        assertThat(document.root().at("/info/version").asText()).isNotIn("", "0.0.0");

        for (Operation operation : document.operations()) {
            if (!operation.method().equals("get") || operation.path().endsWith("/events")) {
                continue;
            }

            // when
            HttpResponse<String> answer = send("GET", document.exampleUri(operation));

            // then
            assertThat(answer.statusCode()).as(operation + " " + answer.body()).isEqualTo(200);
            JsonNode schema = document.response(operation, 200)
                    .path("content")
                    .path("application/json")
                    .path("schema");
            assertThat(document.faults(schema, json(answer)))
                    .as(operation.toString())
                    .isEmpty();

            // and a wrong parameter is refused as documented
            JsonNode problem = document.response(operation, 404)
                    .path("content")
                    .path(Problem.MEDIA_TYPE)
                    .path("schema");
            HttpResponse<String> refused = send("DELETE", operation.path().replace("{id}", "x"));
            assertThat(document.faults(problem, json(refused)))
                    .as(operation.toString())
                    .isEmpty();
        }
    }

    @Test
    void shouldServeTheDocumentAsYaml() throws Exception {
        // when
        HttpResponse<String> answer = send("GET", "/api/v1/openapi", "Accept", "application/yaml");

        // then
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/yaml"));
        assertThat((Object) new YAMLMapper().readTree(answer.body())).isEqualTo(json(send("GET", "/api/v1/openapi")));
    }

    @Test
    void shouldDescribeTheDecisionsThatItTells() throws Exception {
        // given
        OpenApiDocument document = new OpenApiDocument(json(send("GET", "/api/v1/openapi")));
        try (AuditProducer producer = new AuditProducer(brokers);
                EventStream events = EventStream.open(http, home.resolve("/api/v1/events"))) {
            events.nextEvent("statistics");

            // when
            producer.commit(List.of(classified(note("told"), V1, "other"), reviewed("told", V1, "other")));
            JsonNode decision = Json.tree(events.next("decisions").getBytes(StandardCharsets.UTF_8))
                    .at("/decisions/0");

            // then
            assertThat(document.faults(document.root().at("/components/schemas/Decision"), decision))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | GET    | /api                       | */*",
                "404 | GET    | /api/v1/nothing            | text/html",
                "404 | POST   | /api/v2/notes              | text/event-stream",
                "406 | GET    | /api/v1/notes/nobody       | text/event-stream, text/html",
                "404 | GET    | /api/v1/notes/nobody       | text/html, application/json;q=0.1",
                "405 | DELETE | /api/v1/statistics         | text/html",
                "405 | POST   | /api/v1/events             | text/event-stream",
                "406 | GET    | /api/v1/statistics         | text/html",
                "406 | GET    | /api/v1/events             | application/json",
                "400 | GET    | /api/v1/statistics?window=2h | */*",
                "400 | GET    | /api/v1/notes?limit=x1     | text/html, */*;q=0.1",
            })
    void shouldRefuseInProblemJson(int status, String method, String path, String accept) throws Exception {
        // when
        HttpResponse<String> answer = send(method, path, "Accept", accept);

        // then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains(Problem.MEDIA_TYPE);
        assertThat(json(answer).path("status").asInt()).isEqualTo(status);
        assertThat(json(answer).path("title").asText()).isNotBlank();
        assertThat(json(answer).path("detail").asText()).endsWith(".");
    }
}
