package io.rationale.console.discovery;

import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.console.AuditProducer;
import io.rationale.console.ConsoleBroker;
import io.rationale.console.EventStream;
import io.rationale.console.Events;
import io.rationale.console.statistics.StatisticsProgress;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.Exchange;
import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.discovery.DiscoveryEvent.State;
import io.rationale.core.discovery.DiscoveryProgress;
import io.rationale.core.discovery.DiscoveryRequest;
import io.rationale.core.discovery.DiscoveryResult;
import io.rationale.core.discovery.Example;
import io.rationale.core.discovery.Finding;
import io.rationale.core.discovery.Step;
import io.rationale.core.discovery.StepSummary;
import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Discoveries over HTTP; the test stands in for the classifier. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
class DiscoveryApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
    void shouldAskForPatternsInTheNotesThatAreMeant() throws Exception {
        // given
        givenNotes("asked", 30);

        // when
        HttpResponse<String> answer = post("discoveries", """
                {"by": "Ada", "source": ["asked"], "category": ["other"], "maxAgreement": 0.6, "notes": 8, "runs": 2,
                 "language": "German"}""");

        // then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        String id = json(answer).path("id").asText();
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/api/v1/discoveries/" + id);
        DiscoveryRequest request = request(id);
        assertThat(request.settings().runs()).isEqualTo(2);
        assertThat(request.settings().language()).isEqualTo("German");
        assertThat(request.sample().population()).isEqualTo(10);
        assertThat(request.sample().notes()).hasSize(8).allSatisfy(sampled -> {
            int number = Integer.parseInt(sampled.note().id().substring("asked-".length()));
            assertThat(number % 3).isZero();
            assertThat(sampled.note().text()).isEqualTo(text(number));
        });
        await().untilAsserted(() -> {
            JsonNode listed = listed(id);
            assertThat(listed.path("state").asText()).isEqualTo("waiting");
            assertThat(listed.path("by").asText()).isEqualTo("Ada");
            assertThat(listed.path("population").asInt()).isEqualTo(10);
            assertThat(listed.path("sampled").asInt()).isEqualTo(8);
            assertThat(listed.at("/asked/category/0").asText()).isEqualTo("other");
            assertThat(listed.at("/asked/taxonomy").asText()).isEqualTo("rag-failures@1");
        });
    }

    @Test
    void shouldShowWhatWasFoundAndMakeItAProposalOnce() throws Exception {
        // given
        givenAVersionBeyondThoseOfOtherTests();
        givenNotes("found", 6);
        String id = json(post("discoveries", "{\"by\": \"Ada\", \"source\": [\"found\"]}"))
                .path("id")
                .asText();
        DiscoveryRequest request = request(id);
        assertThat(request.sample().population()).isEqualTo(6);

        // when
        try (AuditProducer classifier = new AuditProducer(brokers);
                EventStream events = EventStream.open(http, api.resolve("events"))) {
            classifier.commit("rationale.discoveries", id, Json.bytes(event(request, State.RUNNING, null)));
            events.next("discoveries");
            RecordMetadata at = classifier.commit("rationale.exchanges", "e1", Json.bytes(exchange("e1")));
            classifier.commit("rationale.discoveries", id, Json.bytes(event(request, State.DONE, result(at))));
        }

        // then
        await().untilAsserted(
                        () -> assertThat(listed(id).path("state").asText()).isEqualTo("finished"));
        JsonNode whole = json(get("discoveries/" + id));
        assertThat(whole.path("callsDone").asInt()).isEqualTo(1);
        assertThat(whole.path("categories").asInt()).isEqualTo(3);
        assertThat(whole.at("/findings/0/category").asText()).isEqualTo("late");
        assertThat(whole.at("/findings/0/share/low").asDouble()).isEqualTo(0.2);
        assertThat(whole.at("/findings/0/examples/0/quote").asText()).isEqualTo("train 0");
        assertThat(whole.path("runsAgreement").asDouble()).isEqualTo(0.79);
        assertThat(get("discoveries/" + id + "/report", "Accept", "text/markdown")
                        .body())
                .contains("Too late", "First I thought of trains.");
        HttpResponse<String> html = get("discoveries/" + id + "/report", "Accept", "text/html,*/*");
        assertThat(html.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
        assertThat(html.headers().allValues("content-security-policy"))
                .singleElement()
                .asString()
                .contains("style-src 'unsafe-inline'", "sandbox")
                .doesNotContain("script-src");
        assertThat(html.body()).contains("First I thought of trains.");

        // when
        JsonNode proposal = json(post("discoveries/" + id + "/proposal", "{\"by\": \"Ada\"}"));
        JsonNode again = json(post("discoveries/" + id + "/proposal", "{\"by\": \"Bob\", \"id\": \"mine\"}"));

        // then
        assertThat(proposal.path("id").asText()).isEqualTo("rag-failures");
        assertThat(proposal.path("status").asText()).isEqualTo("proposed");
        assertThat(proposal.at("/basedOn/version").asInt()).isEqualTo(1);
        assertThat(again).isEqualTo(proposal);
        String ref = "rag-failures@" + proposal.path("version").asInt();
        assertThat(json(get("taxonomies/" + ref))).isEqualTo(proposal);
        assertThat(listed(id).path("proposal").asText()).isEqualTo(ref);
        assertThat(post("discoveries/" + id + "/cancel", "{\"by\": \"Ada\"}").statusCode())
                .isEqualTo(409);

        // and each category has samples: of notes judged before where the crosswalk leads from there, else those found
        JsonNode late = sample(ref, "late");
        assertThat(late.at("/samples/0/origin").asText()).isEqualTo("discovery");
        assertThat(late.at("/samples/0/noteId").asText()).isEqualTo("found-0");
        JsonNode other = sample(ref, "other");
        assertThat(other.path("samples")).hasSize(2);
        assertThat(other.at("/samples/0/origin").asText()).isEqualTo("before");
        assertThat(other.at("/samples/0/under").asText()).isEqualTo("rag-failures@1");
        assertThat(sample("rag-failures@1", "other").at("/samples/0/origin").asText())
                .isEqualTo("judged");
        assertThat(sample("rag-failures@1", "semantic-drift")
                        .at("/samples/0/origin")
                        .asText())
                .isEqualTo("example");
        assertThat(get("taxonomies/rag-failures@1/samples?limit=0").statusCode())
                .isEqualTo(400);
    }

    /** Under some versions of the same name other tests have notes judged. */
    private void givenAVersionBeyondThoseOfOtherTests() throws Exception {
        ObjectNode version = ((ObjectNode) json(get("taxonomies/rag-failures@1"))).put("version", 40);
        assertThat(post("taxonomies", version.toString()).statusCode()).isIn(201, 409);
    }

    private JsonNode sample(String ref, String category) throws Exception {
        for (JsonNode each : json(get("taxonomies/" + ref + "/samples?limit=2")).path("categories")) {
            if (each.path("category").asText().equals(category)) {
                return each;
            }
        }
        throw new AssertionError("no " + category);
    }

    @Test
    void shouldEndADiscovery() throws Exception {
        // given
        givenNotes("ended", 4);
        String id = json(post("discoveries", "{\"by\": \"Ada\", \"source\": [\"ended\"]}"))
                .path("id")
                .asText();
        DiscoveryRequest request = request(id);
        assertThat(post("discoveries/" + id + "/proposal", "{\"by\": \"Ada\"}").statusCode())
                .isEqualTo(409);

        // when
        HttpResponse<String> cancelled = post("discoveries/" + id + "/cancel", "{\"by\": \"Ada\"}");

        // then
        assertThat(cancelled.statusCode()).isEqualTo(202);
        assertThat(requests(id))
                .extracting(DiscoveryRequest::action)
                .containsExactly(DiscoveryRequest.Action.START, DiscoveryRequest.Action.CANCEL);
        try (AuditProducer classifier = new AuditProducer(brokers)) {
            classifier.commit("rationale.discoveries", id, Json.bytes(event(request, State.CANCELLED, null)));
        }
        await().untilAsserted(
                        () -> assertThat(listed(id).path("state").asText()).isEqualTo("cancelled"));
    }

    @Test
    void shouldTellThatADrawingConsoleIsGone() throws Exception {
        // given: said a minute ago
        Instant then = Instant.now().minusSeconds(60);
        DiscoveryEvent drawing = new DiscoveryEvent(
                1,
                "gone",
                State.DRAWING,
                then,
                then,
                "console",
                new DiscoveryProgress("drawing", 10, 100, 0, null),
                null,
                null,
                null,
                null,
                null,
                null);

        // when
        try (AuditProducer console = new AuditProducer(brokers)) {
            console.commit("rationale.discoveries", "gone", Json.bytes(drawing));
        }

        // then
        await().untilAsserted(() -> {
            JsonNode gone = listed("gone");
            assertThat(gone.path("state").asText()).isEqualTo("failed");
            assertThat(gone.path("cause").asText()).contains("has ended");
            assertThat(gone.path("read").asInt()).isEqualTo(10);
            assertThat(gone.has("by")).isFalse();
        });
        assertThat(post("discoveries/gone/cancel", "{\"by\": \"Ada\"}").statusCode())
                .isEqualTo(409);
    }

    @Test
    void shouldSayWhatCannotBeAsked() throws Exception {
        givenNotes("single", 1);
        assertThat(refusal("{}").path("field").asText()).isEqualTo("by");
        assertThat(refusal("{\"by\": \"Ada\", \"window\": \"2d\"}").path("possible"))
                .isNotEmpty();
        assertThat(refusal("{\"by\": \"Ada\", \"category\": [\"none\"]}").path("possible"))
                .isNotEmpty();
        assertThat(refusal("{\"by\": \"Ada\", \"taxonomy\": \"none@1\"}")
                        .path("field")
                        .asText())
                .isEqualTo("taxonomy");
        assertThat(refusal("{\"by\": \"Ada\", \"runs\": 0}").path("field").asText())
                .isEqualTo("runs");
        assertThat(refusal("{\"by\": \"Ada\", \"since\": \"yesterday\"}")
                        .path("field")
                        .asText())
                .isEqualTo("since");
        assertThat(refusal("{\"by\": \"Ada\", \"source\": [\"single\"]}")
                        .path("detail")
                        .asText())
                .contains("Only one note");
        assertThat(refusal("{\"by\": \"Ada\", \"source\": [\"nobody\"]}")
                        .path("notes")
                        .asInt())
                .isZero();
        assertThat(post("discoveries", "[").statusCode()).isEqualTo(400);
        assertThat(post("discoveries", "{\"by\": \"Ada\"}", "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("discoveries/none").statusCode()).isEqualTo(404);
    }

    private JsonNode refusal(String body) throws Exception {
        HttpResponse<String> answer = post("discoveries", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        return json(answer);
    }

    private void givenNotes(String source, int count) throws Exception {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(classified(
                    note(source + "-" + i, source, Events.TEN, text(i)),
                    Events.V1,
                    i % 3 == 0 ? "other" : "missed-retrieval",
                    i % 3 == 0 ? 0.5 : 1.0,
                    Events.MODEL,
                    List.of()));
        }
        try (AuditProducer producer = new AuditProducer(brokers)) {
            producer.commit(events);
        }
        progress.awaitCaughtUp(PATIENCE);
        await().untilAsserted(() -> assertThat(
                        json(get("notes?source=" + source)).path("total").asInt())
                .isEqualTo(count));
    }

    private static String text(int number) {
        return "The train " + number + " to " + "ABCDEFGHIJ".charAt(number % 10) + "-town left " + 7 * number
                + " minutes after " + (number + 5) + " o'clock, said platform " + number * number;
    }

    private static DiscoveryEvent event(DiscoveryRequest request, State state, DiscoveryResult result) {
        return DiscoveryEvent.of(
                request,
                state,
                Instant.now(),
                "classifier",
                new DiscoveryProgress("naming", 1, 4, 160, Events.USAGE),
                null,
                result,
                Instant.now());
    }

    private static DiscoveryResult result(RecordMetadata at) {
        List<Category> categories = List.of(
                new Category("late", null, "Too late", "It came too late.", null, List.of("train 0"), null, null),
                new Category("no-error", null, null, "Nothing is wrong.", null, null, null, null),
                new Category("other", null, null, "Anything else.", null, null, null, null));
        Taxonomy taxonomy = new Taxonomy("discovered", 1, "Found", Taxonomy.Status.PROPOSED, categories, Map.of());
        return new DiscoveryResult(
                taxonomy,
                List.of(
                        new Finding(
                                "late",
                                1.0,
                                0.9,
                                0.5,
                                0.2,
                                0.8,
                                3,
                                List.of(new Example("found-0", "text", "train 0", 4, 11))),
                        new Finding("no-error", null, null, 0.5, 0.2, 0.8, 3, List.of()),
                        new Finding("other", null, null, 0, 0, 0.3, 0, List.of())),
                0.79,
                2,
                6,
                6,
                6,
                6.0,
                0,
                List.of(),
                List.of(new StepSummary(1, Step.Kind.NAME, 1, 6, "e1", "complete", "1 pattern")
                        .at(at.partition(), at.offset())),
                Events.USAGE);
    }

    private static Exchange exchange(String id) {
        return new Exchange(
                1,
                id,
                "http://r1:8000/v1",
                null,
                Events.MODEL,
                List.of("found-0"),
                "{}",
                200,
                "data: 1",
                null,
                "First I thought of trains.",
                "{}",
                "complete",
                Events.USAGE,
                Events.TEN,
                5L,
                9);
    }

    private DiscoveryRequest request(String id) {
        List<DiscoveryRequest> found = new ArrayList<>();
        await().untilAsserted(() -> {
            found.addAll(requests(id));
            assertThat(found).isNotEmpty();
        });
        return found.getFirst();
    }

    private List<DiscoveryRequest> requests(String id) {
        List<DiscoveryRequest> requests = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition("rationale.discovery-requests", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(each -> requests.add(Json.read(each.value(), DiscoveryRequest.class)));
            }
        }
        return requests.stream().filter(each -> each.id().equals(id)).toList();
    }

    private JsonNode listed(String id) throws Exception {
        for (JsonNode each : json(get("discoveries")).path("discoveries")) {
            if (each.path("id").asText().equals(id)) {
                return each;
            }
        }
        throw new AssertionError("not listed");
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(api.resolve(path)), headers);
    }

    private HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(api.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
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
