package io.rationale.console;

import static io.rationale.console.Events.MODEL;
import static io.rationale.console.Events.TEN;
import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.V2;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.evidence;
import static io.rationale.console.Events.note;
import static io.rationale.console.Events.reviewed;
import static io.rationale.console.Events.unclassifiable;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.console.statistics.StatisticsProgress;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.Exchange;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.r1.Usage;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the index answers over HTTP; each test uses a source of its own. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
class SearchApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(api.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private List<String> ids(String path) throws IOException, InterruptedException {
        return json(path).path("notes").findValuesAsText("noteId");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Test
    void shouldSearchWithEveryFilter() throws Exception {
        Note low = note("s-low", "search", TEN.plusSeconds(5), "The dose of aspirin is wrong.");
        decided(
                classified(low, V1, "numerical-error", 0.5, MODEL, List.of()),
                classified(note("s-high", "search", TEN, "The dose of warfarin is wrong."), V1, "missed-retrieval"),
                classified(note("s-two", "search", TEN, "The dose again."), V2, "other"),
                unclassifiable(note("s-none", "search", TEN, "dose?"), V1),
                reviewed("s-low", V1, "numerical-error"));

        String list = "notes?source=search";
        assertThat(ids(list)).containsExactly("s-high", "s-low", "s-none");
        assertThat(ids(list + "&q=dose")).containsExactly("s-high", "s-low", "s-none");
        assertThat(ids(list + "&q=" + encoded("\"dose of\" -warfarin"))).containsExactly("s-low");
        assertThat(ids(list + "&category=~undecided")).containsExactly("s-none");
        assertThat(ids(list + "&category=retrieval")).containsExactly("s-high");
        assertThat(ids(list + "&sort=time")).containsExactly("s-low", "s-high", "s-none");
        assertThat(ids(list + "&sort=doubt")).startsWith("s-none", "s-low");
        assertThat(ids(list + "&from=2026-10-01T12:00:31%2B02:00")).containsExactly("s-low");
        assertThat(ids(list + "&taxonomy=rag-failures@2")).containsExactly("s-two");
        assertThat(ids(list + "&minAgreement=0.9")).containsExactly("s-high");
        assertThat(ids(list + "&reviewed=true")).containsExactly("s-low");
        assertThat(ids(list + "&failed=quoteFound&failed=truncated")).containsExactly("s-low");
        assertThat(json(list).path("total").asInt()).isEqualTo(3);
        assertThat(json(list).path("totalExact").asBoolean()).isTrue();
    }

    @Test
    void shouldRefuseWhatCannotBeMeant() throws Exception {
        for (String query : List.of(
                "from=yesterday",
                "from=2026-10-02T00:00:00Z&to=2026-10-01T00:00:00Z",
                "window=1h&from=2026-10-01T00:00:00Z",
                "minAgreement=2",
                "reviewed=perhaps",
                "failed=everything",
                "sort=chance",
                "drawn=perhaps",
                "taxonomy=rag-failures",
                "q=" + "a".repeat(1_001))) {
            HttpResponse<String> answer = get("notes?" + query);
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(answer.headers().firstValue("content-type")).as(query).contains("application/problem+json");
        }
        assertThat(get("export/verdicts?format=xlsx").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldShowTheLabelsOfEveryVersionAndWhereDecisionsStand() throws Exception {
        decided(
                classified(note("v1", "versions", TEN, "One."), V1, "other"),
                classified(note("v1", "versions", TEN, "One."), V2, "no-error"),
                reviewed("v1", V2, "other"));

        JsonNode detail = json("notes/v1");

        assertThat(detail.path("labels").findValuesAsText("verdict")).containsExactly("other", "no-error");
        assertThat(detail.at("/labels/1/reviewer").asText()).isEqualTo("ada");
        assertThat(detail.path("history").findValuesAsText("type"))
                .containsExactly("classified", "classified", "reviewed");
        assertThat(detail.at("/history/0").has("offset")).isTrue();
        assertThat(detail.at("/event/verdict/category").asText()).isEqualTo("other");
    }

    /** Each would wait half a second for what the one before had begun to fetch ahead. */
    @Test
    void shouldShowNotesOneAfterTheOtherAtOnce() throws Exception {
        List<String> ids = IntStream.range(0, 30).mapToObj(i -> "quick" + i).toList();
        decided(ids.stream()
                .map(id -> classified(note(id, "quick", TEN, "Text."), V1, "other"))
                .toArray(AuditEvent[]::new));
        long begin = System.nanoTime();

        for (String id : ids) {
            json("notes/" + id);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void shouldShowAnExchangeWithTheHashOfItsRecord() throws Exception {
        Exchange exchange = new Exchange(
                1,
                "x1",
                "http://r1:8000/v1",
                null,
                MODEL,
                List.of("a"),
                "{}",
                200,
                "data: 1",
                null,
                "<b>I think</b> long.",
                "{}",
                "complete",
                Usage.NONE,
                TEN,
                5L,
                9);
        byte[] value = Json.bytes(exchange);
        RecordMetadata at = producer.commit("rationale.exchanges", "x1", value);
        RecordMetadata broken =
                producer.commit("rationale.exchanges", "x2", "no json".getBytes(StandardCharsets.UTF_8));

        JsonNode found = json("exchanges/" + at.partition() + "/" + at.offset());

        assertThat(found.path("sha256").asText()).isEqualTo(Bytes.sha256(value));
        assertThat(found.at("/exchange/reasoning").asText()).isEqualTo("<b>I think</b> long.");
        assertThat(found.at("/exchange/response").asText()).isEqualTo("data: 1");
        for (String path : List.of(
                broken.partition() + "/" + broken.offset(),
                "0/999999",
                "7/0",
                "-1/0",
                "0/-1",
                "a/b",
                "0/99999999999999999999")) {
            assertThat(get("exchanges/" + path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void shouldExportWhatIsListed() throws Exception {
        Note second = note("x2", "export", TEN, "=cmd|' /C calc'!A0");
        decided(
                classified(note("x1", "export", TEN, "One."), V1, "other"),
                classified(second, V1, "other", 0.5, MODEL, evidence(second, "=cmd")),
                unclassifiable(note("x3", "export", TEN, "Three."), V1),
                reviewed("x1", V1, "no-error"));

        HttpResponse<String> lines = get("export/verdicts?source=export");
        HttpResponse<String> csv = get("export/verdicts?source=export&format=csv&category=other");
        HttpResponse<String> parquet = get("export/verdicts?source=export&format=parquet");

        assertThat(lines.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"verdicts.ndjson\"");
        List<JsonNode> rows = Arrays.stream(lines.body().split("\n"))
                .map(line -> Json.tree(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        assertThat(rows).extracting(row -> row.path("noteId").asText()).containsExactlyInAnyOrder("x1", "x2", "x3");
        assertThat(rows)
                .filteredOn(row -> row.path("reviewed").asBoolean())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.path("category").asText()).isEqualTo("no-error");
                    assertThat(row.path("verdict").asText()).isEqualTo("other");
                });
        assertThat(csv.body().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("x2,export,") && line.contains("'=cmd"));
        assertThat(parquet.body()).startsWith("PAR1").endsWith("PAR1");
    }
}
