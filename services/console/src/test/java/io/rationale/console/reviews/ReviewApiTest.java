package io.rationale.console.reviews;

import static io.rationale.console.Events.MODEL;
import static io.rationale.console.Events.TEN;
import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.V2;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static io.rationale.console.Events.unclassifiable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.console.AuditProducer;
import io.rationale.console.ConsoleBroker;
import io.rationale.console.statistics.StatisticsProgress;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reviews over HTTP, into the audit and out of the report; each test uses a source of its own. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
class ReviewApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> LABELS = List.of("missed-retrieval", "no-error", "other");

    @TestHTTPResource("/api/v1/")
    URI api;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    @Inject
    StatisticsProgress progress;

    private final HttpClient http = HttpClient.newHttpClient();
    private AuditProducer producer;

    @BeforeEach
    void open() {
        producer = new AuditProducer(brokers);
    }

    @AfterEach
    void close() {
        producer.close();
        http.close();
    }

    private void decided(AuditEvent... events) throws Exception {
        producer.commit(List.of(events));
        progress.awaitCaughtUp(PATIENCE);
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(api.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(String noteId, String body, String... headers)
            throws IOException, InterruptedException {
        URI uri = api.resolve(
                "notes/" + URLEncoder.encode(noteId, StandardCharsets.UTF_8).replace("+", "%20") + "/reviews");
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode reviewed(String noteId, Map<String, String> body) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(noteId, Json.line(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer);
    }

    private ConsumerRecord<byte[], byte[]> audit(JsonNode at) {
        TopicPartition partition =
                new TopicPartition("rationale.audit", at.path("partition").asInt());
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed", "max.poll.records", "1"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            reader.assign(List.of(partition));
            reader.seek(partition, at.path("offset").asLong());
            return reader.poll(PATIENCE).records(partition).getFirst();
        }
    }

    private static List<String> faults(byte[] event) throws IOException {
        String schema = Files.readString(Path.of("..", "..", "schemas", "audit-event.v1.schema.json"));
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()))
                .getSchema(schema, InputFormat.JSON)
                .validate(Json.tree(event))
                .stream()
                .map(Error::toString)
                .toList();
    }

    @Test
    void shouldWriteAReviewAndMoveTheCounts() throws Exception {
        // given
        decided(
                classified(note("rv/1 ü", "rv-review", TEN, "One."), V1, "other"),
                classified(note("rv-r2", "rv-review", TEN, "Two."), V1, "other"));

        // when
        JsonNode answer = reviewed(
                "rv/1 ü",
                Map.of(
                        "category", "missed-retrieval",
                        "reason", " <b>It was there.</b> ",
                        "reviewer", "Ada",
                        "selection", "doubt",
                        "seen", "other"));
        progress.awaitCaughtUp(PATIENCE);

        // then the audit has a valid event under the note's key
        ConsumerRecord<byte[], byte[]> stored = audit(answer);
        assertThat(faults(stored.value())).isEmpty();
        assertThat(new String(stored.key(), StandardCharsets.UTF_8)).isEqualTo("rv/1 ü");
        assertThat(new String(stored.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                .isEqualTo("io.rationale.note.reviewed.v1");
        JsonNode event = Json.tree(stored.value());
        assertThat(event.path("oldCategory").asText()).isEqualTo("other");
        assertThat(event.path("newCategory").asText()).isEqualTo("missed-retrieval");
        assertThat(event.path("reason").asText()).isEqualTo("<b>It was there.</b>");
        assertThat(event.path("selection").asText()).isEqualTo("doubt");
        assertThat(event.path("eventId")).isEqualTo(answer.path("eventId"));
        // and counts and lists have moved
        JsonNode table = json("statistics?source=rv-review");
        assertThat(table.path("rows").findValuesAsText("category")).containsExactly("missed-retrieval", "other");
        assertThat(json("notes?source=rv-review&reviewed=true").path("notes").findValuesAsText("noteId"))
                .containsExactly("rv/1 ü");
        assertThat(json("notes/rv%2F1%20%C3%BC").path("history").findValuesAsText("type"))
                .containsExactly("classified", "reviewed");
    }

    @Test
    void shouldTakeAnAcceptedLabelAndOneOfAnUndecidedNote() throws Exception {
        // given
        decided(
                classified(note("rv-a1", "rv-accept", TEN, "One."), V1, "other"),
                unclassifiable(note("rv-a2", "rv-accept", TEN, "Two."), V1));

        // when
        JsonNode accepted = reviewed("rv-a1", Map.of("category", "other", "reviewer", "Ada"));
        HttpResponse<String> labelled =
                post("rv-a2", "{\"category\": \"other\", \"reviewer\": \"Ada\", \"seen\": null, \"reason\": null}");
        progress.awaitCaughtUp(PATIENCE);

        // then
        assertThat(accepted.path("selection").asText()).isEqualTo("chosen");
        assertThat(accepted.path("oldCategory").asText()).isEqualTo("other");
        assertThat(labelled.statusCode()).as(labelled.body()).isEqualTo(201);
        assertThat(json(labelled).has("oldCategory")).isFalse();
        assertThat(json("statistics?source=rv-accept").path("undecided").asInt())
                .isZero();
        JsonNode report = json("reviews?source=rv-accept");
        assertThat(report.path("notes").asInt()).isEqualTo(1);
        assertThat(report.path("reviewed").asInt()).isEqualTo(1);
        assertThat(report.path("undecidedReviewed").asInt()).isEqualTo(1);
        assertThat(report.has("kappa")).isFalse();
    }

    @Test
    void shouldTellOfALabelThatSomebodyElseGaveMeanwhile() throws Exception {
        // given
        decided(classified(note("rv-c1", "rv-conflict", TEN, "One."), V1, "other"));
        reviewed("rv-c1", Map.of("category", "no-error", "reviewer", "Ada", "seen", "other"));

        // when the index may not have it yet
        HttpResponse<String> late =
                post("rv-c1", "{\"category\": \"missed-retrieval\", \"reviewer\": \"Bo\", \"seen\": \"other\"}");

        // then
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(json(late).path("detail").asText()).isEqualTo("The label is no-error now, given by Ada.");
        assertThat(json(late).path("category").asText()).isEqualTo("no-error");
        assertThat(json(late).path("by").asText()).isEqualTo("Ada");
        progress.awaitCaughtUp(PATIENCE);
        assertThat(post("rv-c1", "{\"category\": \"other\", \"reviewer\": \"Bo\", \"seen\": null}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(json("notes/rv-c1").path("history").size()).isEqualTo(2);
        assertThat(reviewed("rv-c1", Map.of("category", "other", "reviewer", "Bo"))
                        .path("oldCategory")
                        .asText())
                .isEqualTo("no-error");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "category  | {'reviewer': 'Ada'}",
                "category  | {'reviewer': 'Ada', 'category': 'retrieval'}",
                "category  | {'reviewer': 'Ada', 'category': 'nonsense'}",
                "category  | {'reviewer': 'Ada', 'category': 7}",
                "reviewer  | {'category': 'other'}",
                "reviewer  | {'category': 'other', 'reviewer': ' \\u2003 '}",
                "reviewer  | {'category': 'other', 'reviewer': 'LONG'}",
                "reason    | {'category': 'other', 'reviewer': 'Ada', 'reason': 'LONG'}",
                "selection | {'category': 'other', 'reviewer': 'Ada', 'selection': 'worst'}",
                "taxonomy  | {'category': 'other', 'reviewer': 'Ada', 'taxonomy': 'rag-failures'}",
                "taxonomy  | {'category': 'other', 'reviewer': 'Ada', 'taxonomy': 'rag-failures@99'}",
                "seen      | {'category': 'other', 'reviewer': 'Ada', 'seen': ['other']}",
            })
    void shouldNameTheFieldThatIsWrong(String field, String body) throws Exception {
        // given
        decided(classified(note("rv-w1", "rv-wrong", TEN, "One."), V1, "other"));

        // when
        HttpResponse<String> answer =
                post("rv-w1", body.replace("LONG", "é".repeat(2_001)).replace('\'', '"'));

        // then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(json(answer).path("field").asText()).isEqualTo(field);
        assertThat(json(answer).path("detail").asText()).endsWith(".");
        assertThat(json("notes?source=rv-wrong&reviewed=true").path("total").asInt())
                .isZero();
    }

    @Test
    void shouldListWhatIsPossible() throws Exception {
        decided(classified(note("rv-p1", "rv-possible", TEN, "One."), V1, "other"));

        JsonNode refused = json(post("rv-p1", "{\"category\": \"retrieval\", \"reviewer\": \"Ada\"}"));

        assertThat(refused.path("detail").asText()).contains("missed-retrieval");
        assertThat(refused.path("possible")).extracting(JsonNode::asText).contains("missed-retrieval", "other");
    }

    @Test
    void shouldRefuseWhatIsNoReviewOfANote() throws Exception {
        // given
        decided(classified(note("rv-n1", "rv-refused", TEN, "One."), V1, "other"));
        String good = "{\"category\": \"other\", \"reviewer\": \"Ada\"}";

        // then
        assertThat(post("nobody", good).statusCode()).isEqualTo(404);
        assertThat(post("rv-n1", "{").statusCode()).isEqualTo(400);
        assertThat(post("rv-n1", "").statusCode()).isEqualTo(422);
        assertThat(post("rv-n1", "[]").statusCode()).isEqualTo(422);
        assertThat(post("rv-n1", " ".repeat(70_000) + good).statusCode()).isEqualTo(413);
        for (String site : List.of("cross-site", "same-site")) {
            assertThat(post("rv-n1", good, "Sec-Fetch-Site", site).statusCode()).isEqualTo(403);
        }
        HttpRequest form = HttpRequest.newBuilder(api.resolve("notes/rv-n1/reviews"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(good))
                .build();
        assertThat(http.send(form, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(415);
        assertThat(json("notes/rv-n1").path("history").size()).isEqualTo(1);
    }

    @Test
    void shouldTakeTextsThatUtf8CannotHold() throws Exception {
        decided(classified(note("rv-h1", "rv-halves", TEN, "One."), V1, "other"));

        HttpResponse<String> answer = post("rv-h1", "{\"category\": \"other\", \"reviewer\": \"A\\ud800da\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(faults(audit(json(answer)).value())).isEmpty();
    }

    /** What one note's labels are in the test's own recount. */
    private record Labels(String said, String is, boolean drawn) {}

    @Test
    void shouldReportWhatAnIndependentRecountFinds() throws Exception {
        // given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<String, Labels> labels = new LinkedHashMap<>();
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String said = LABELS.get(random.nextInt(LABELS.size()));
            labels.put("rv-q" + i, new Labels(said, null, false));
            events.add(classified(note("rv-q" + i, "rv-recount", TEN.plusSeconds(i), "Text " + i), V1, said));
        }
        decided(events.toArray(AuditEvent[]::new));
        for (int i = 0; i < 60; i++) {
            String id = "rv-q" + random.nextInt(120);
            Labels before = labels.get(id);
            String is = random.nextInt(3) == 0 ? LABELS.get(random.nextInt(LABELS.size())) : before.said();
            boolean drawn = random.nextBoolean();
            reviewed(id, Map.of("category", is, "reviewer", "Ada", "selection", drawn ? "random" : "doubt"));
            labels.put(id, new Labels(before.said(), is, before.drawn() || drawn));
        }
        // and R1 changes its mind about some, under this version and another one
        for (int i = 0; i < 20; i++) {
            String id = "rv-q" + random.nextInt(120);
            String said = LABELS.get(random.nextInt(LABELS.size()));
            labels.compute(id, (key, before) -> new Labels(said, before.is(), before.drawn()));
            decided(
                    classified(
                            note(id, "rv-recount", TEN.plusSeconds(i), "Text again"), V1, said, 0.6, MODEL, List.of()),
                    classified(note(id, "rv-recount", TEN.plusSeconds(i), "Text again"), V2, "other"));
        }

        for (String selection : List.of("all", "random")) {
            // when
            JsonNode report = json("reviews?source=rv-recount&selection=" + selection);

            // then
            List<Labels> pairs = labels.values().stream()
                    .filter(note -> note.is() != null && (selection.equals("all") || note.drawn()))
                    .toList();
            long agreed =
                    pairs.stream().filter(note -> note.said().equals(note.is())).count();
            assertThat(report.path("notes").asInt()).as("seed %d", seed).isEqualTo(120);
            assertThat(report.path("reviewed").asInt()).as("seed %d", seed).isEqualTo(pairs.size());
            assertThat(report.path("agreed").asLong()).as("seed %d", seed).isEqualTo(agreed);
            for (JsonNode cell : report.path("confusion")) {
                assertThat(cell.path("count").asLong())
                        .as("seed %d %s", seed, cell)
                        .isEqualTo(pairs.stream()
                                .filter(note -> note.said()
                                                .equals(cell.path("said").asText())
                                        && note.is().equals(cell.path("is").asText()))
                                .count());
            }
            assertThat(report.path("confusion").findValues("count").stream()
                            .mapToInt(JsonNode::asInt)
                            .sum())
                    .isEqualTo(pairs.size());
            assertThat(report.at("/kappa/value").asDouble()).as("seed %d", seed).isCloseTo(kappa(pairs), within(1e-12));
            double[] corrected = new double[LABELS.size()];
            for (String said : LABELS) {
                List<Labels> read =
                        pairs.stream().filter(note -> note.said().equals(said)).toList();
                double weight = labels.values().stream()
                                .filter(note -> note.said().equals(said))
                                .count()
                        / 120.0;
                for (int j = 0; j < LABELS.size(); j++) {
                    String is = LABELS.get(j);
                    corrected[j] += read.size() < 5
                            ? (said.equals(is) ? weight : 0)
                            : weight
                                    * read.stream()
                                            .filter(note -> note.is().equals(is))
                                            .count()
                                    / read.size();
                }
            }
            for (JsonNode category : report.path("categories")) {
                assertThat(category.at("/corrected/share").asDouble())
                        .as("seed %d %s", seed, category)
                        .isCloseTo(
                                corrected[
                                        LABELS.indexOf(category.path("category").asText())],
                                within(1e-12));
            }
        }
    }

    private static double kappa(List<Labels> pairs) {
        double n = pairs.size();
        double observed =
                pairs.stream().filter(note -> note.said().equals(note.is())).count() / n;
        double expected = LABELS.stream()
                .mapToDouble(label -> pairs.stream()
                                .filter(note -> note.said().equals(label))
                                .count()
                        / n
                        * pairs.stream().filter(note -> note.is().equals(label)).count()
                        / n)
                .sum();
        return (observed - expected) / (1 - expected);
    }

    @Test
    void shouldCountTheRangeThatIsAskedFor() throws Exception {
        // given
        decided(
                classified(note("rv-t1", "rv-when", TEN, "One."), V1, "other"),
                classified(note("rv-t2", "rv-when", TEN.plusSeconds(3_600), "Two."), V1, "other"));
        reviewed("rv-t2", Map.of("category", "other", "reviewer", "Ada"));
        progress.awaitCaughtUp(PATIENCE);

        // when
        JsonNode first = json("reviews?source=rv-when&from=2026-10-01T10:00:10Z&to=2026-10-01T11:00:00Z");

        // then bounds are those of the statistics
        assertThat(first.path("notes").asInt()).isEqualTo(1);
        assertThat(first.path("reviewed").asInt()).isZero();
        assertThat(first.path("from").asText()).isEqualTo("2026-10-01T10:00:00Z");
        assertThat(json("reviews?source=rv-when").path("reviewed").asInt()).isEqualTo(1);
        assertThat(json("reviews?source=rv-when&taxonomy=rag-failures@2")
                        .path("notes")
                        .asInt())
                .isZero();
        for (String wrong : List.of("selection=doubt", "window=2h", "taxonomy=x")) {
            assertThat(http.send(
                                    HttpRequest.newBuilder(api.resolve("reviews?" + wrong))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void shouldOfferARandomSampleThatStays() throws Exception {
        // given
        decided(IntStream.range(0, 40)
                .mapToObj(i -> classified(note("rv-z" + i, "rv-sample", TEN.plusSeconds(i), "Text."), V1, "other"))
                .toArray(AuditEvent[]::new));
        List<String> order =
                json("notes?source=rv-sample&sort=random").path("notes").findValuesAsText("noteId");

        // when
        reviewed(order.get(0), Map.of("category", "other", "reviewer", "Ada", "selection", "random"));
        reviewed(order.get(1), Map.of("category", "other", "reviewer", "Ada", "selection", "doubt"));
        progress.awaitCaughtUp(PATIENCE);

        // then
        assertThat(order).hasSize(40).isNotEqualTo(order.stream().sorted().toList());
        assertThat(json("notes?source=rv-sample&sort=random").path("notes").findValuesAsText("noteId"))
                .isEqualTo(order);
        assertThat(json("notes?source=rv-sample&sort=random&reviewed=false")
                        .path("notes")
                        .findValuesAsText("noteId"))
                .isEqualTo(order.subList(2, 40));
        assertThat(json("notes?source=rv-sample&sort=random&drawn=false")
                        .path("notes")
                        .findValuesAsText("noteId"))
                .isEqualTo(order.subList(1, 40));
    }
}
