package io.rationale.console.api;

import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static io.rationale.console.Events.reviewed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.rationale.core.alert.Alert;
import io.rationale.core.audit.Exchange;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.remedy.Remedy;
import io.rationale.core.status.ClassifierStatus;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The running console against its OpenAPI document, and its refusals. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
class ApiTest {
    private static final Alert ALERT = new Alert(
            1,
            "a1",
            Alert.State.CLEARED,
            "drill",
            "undecided above 5 %",
            "other",
            Events.TEN,
            Events.TEN,
            "It is over.",
            V1);
    private static final ClassifierStatus STATUS = new ClassifierStatus(
            1,
            "classifier-0",
            Instant.now(),
            Events.TEN,
            "0.1.0",
            V1,
            null,
            List.of(new ClassifierStatus.Endpoint(
                    "http://r1:8000/v1", ClassifierStatus.State.UP, "probed", 1, 16, 0, 10.5, 21.5)),
            1,
            0,
            2,
            new ClassifierStatus.Batch(8, 12_000),
            null,
            new ClassifierStatus.Discovery("2f0c1d8e", 1, 4));
    private static final Remedy REMEDY = new Remedy(
            1,
            "5b0f3c8e-6a14-4d0b-9a54-0c7de5b0a1f2",
            V1,
            "missed-retrieval",
            "Chunks overlap.",
            "Ada",
            Events.TEN,
            Events.TEN.minus(Duration.ofHours(1)),
            List.of("clinic"),
            new Remedy.Withdrawal("Grace", Events.TEN.plus(Duration.ofHours(1))));
    private static final Exchange EXCHANGE = new Exchange(
            1,
            "api",
            "http://r1:8000/v1",
            null,
            Events.MODEL,
            List.of("case-17"),
            "{}",
            200,
            "data: 1",
            null,
            "I think.",
            "{}",
            "complete",
            Events.USAGE,
            Events.TEN,
            5L,
            9);

    private static final DeadLetter LETTER = new DeadLetter(
            "case-19",
            Bytes.utf8("{\"id\":\"case-19\",\"text\":\"Nothing was found.\"}"),
            "cut-off",
            "The answer was cut.",
            null,
            new DeadLetter.Origin.Topic("rationale.notes", 1, 7));

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
        Map<String, JsonNode> exchange;
        Map<String, JsonNode> letter;
        try (AuditProducer producer = new AuditProducer(brokers)) {
            producer.commit(List.of(
                    classified(note("case-17", "clinic", Events.TEN, "Nothing was found."), V1, "missed-retrieval"),
                    classified(note("case-18", "clinic", Events.TEN, "The dose is wrong."), V1, "other"),
                    reviewed("case-18", V1, "missed-retrieval")));
            producer.commit("rationale.alerts", "drill", Json.bytes(ALERT));
            producer.commit("rationale.status", STATUS.instance(), Json.bytes(STATUS));
            producer.commit("rationale.remedies", REMEDY.id(), Json.bytes(REMEDY));
            RecordMetadata at = producer.commit("rationale.exchanges", EXCHANGE.id(), Json.bytes(EXCHANGE));
            exchange = Map.of("partition", new IntNode(at.partition()), "offset", new LongNode(at.offset()));
            RecordMetadata dead = producer.commit(LETTER);
            producer.commit("rationale.discoveries", "2f0c1d8e", finishedDiscovery());
            producer.commit("rationale.reclassifications", "2f1b8c1e", finishedReclassification());
            letter = Map.of("partition", new IntNode(dead.partition()), "offset", new LongNode(dead.offset()));
        }
        progress.awaitCaughtUp(Duration.ofSeconds(60));
        await().untilAsserted(() -> {
            assertThat(json(send("GET", "/api/v1/alerts")).path("latest")).isNotEmpty();
            assertThat(json(send("GET", "/api/v1/status")).path("classifiers")).isNotEmpty();
            assertThat(json(send("GET", "/api/v1/discoveries")).path("discoveries"))
                    .isNotEmpty();
            assertThat(json(send("GET", "/api/v1/remedies")).path("remedies")).isNotEmpty();
            assertThat(json(send("GET", "/api/v1/reclassifications")).path("reclassifications"))
                    .isNotEmpty();
        });
        OpenApiDocument document = new OpenApiDocument(json(send("GET", "/api/v1/openapi")));
        assertThat(document.root().at("/info/version").asText()).isNotIn("", "0.0.0");

        for (Operation operation : document.operations()) {
            if (!operation.method().equals("get") || operation.path().endsWith("/events")) {
                continue;
            }

            // when
            boolean isLetter = operation.path().contains("dead-letters");
            HttpResponse<String> answer = send("GET", document.exampleUri(operation, isLetter ? letter : exchange));

            // then
            assertThat(answer.statusCode()).as(operation + " " + answer.body()).isEqualTo(200);
            shouldBeAsDocumented(document, operation, answer);

            // and a wrong method is refused as documented
            JsonNode problem = document.response(operation, 405)
                    .path("content")
                    .path(Problem.MEDIA_TYPE)
                    .path("schema");
            HttpResponse<String> refused = send("PATCH", operation.path().replaceAll("\\{\\w+}", "1"));
            assertThat(document.faults(problem, json(refused)))
                    .as(operation.toString())
                    .isEmpty();
        }
    }

    private static byte[] finishedDiscovery() throws IOException {
        return example("discovery.v1.asked.json");
    }

    /** Else this console would go on with it. */
    private static byte[] finishedReclassification() throws IOException {
        return Json.bytes(((ObjectNode) Json.tree(example("reclassification.v1.full.json"))).put("state", "finished"));
    }

    private static byte[] example(String name) throws IOException {
        return Files.readAllBytes(java.nio.file.Path.of("../../schemas/examples", name));
    }

    private static void shouldBeAsDocumented(
            OpenApiDocument document, Operation operation, HttpResponse<String> answer) {
        String type = answer.headers().firstValue("content-type").orElse("").replaceAll(";.*", "");
        JsonNode content = document.response(operation, 200).path("content").path(type);
        assertThat(content.isMissingNode()).as(operation + " " + type).isFalse();
        if (type.equals("text/html")) {
            return;
        }
        boolean lines = type.equals("application/x-ndjson");
        JsonNode schema = lines ? document.root().at("/components/schemas/VerdictRow") : content.path("schema");
        List<String> values = lines ? answer.body().lines().toList() : List.of(answer.body());
        assertThat(values).as(operation.toString()).isNotEmpty().allSatisfy(value -> {
            JsonNode json = Json.tree(value.getBytes(StandardCharsets.UTF_8));
            assertThat(document.faults(schema, json)).as(operation.toString()).isEmpty();
            assertThat(document.undescribed(schema, json))
                    .as(operation.toString())
                    .isEmpty();
        });
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
