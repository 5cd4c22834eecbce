package io.rationale.console;

import static io.rationale.console.Events.V1;
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
import io.rationale.console.report.ReportWriter;
import io.rationale.console.statistics.StatisticsProgress;
import io.rationale.console.statistics.TableQuery;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running console on a real broker; each test uses a source of its own. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
class ConsoleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HOSTILE = "👍 <script>alert(1)</script> the dose is wrong";

    @TestHTTPResource("/")
    URI home;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    @Inject
    StatisticsProgress progress;

    @Inject
    ReportWriter reports;

    @TempDir
    Path directory;

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
        return http.send(HttpRequest.newBuilder(home.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldAnswerWithTheTable() throws Exception {
        decided(
                classified(note("t1", "table", Events.TEN, "Nothing was found."), V1, "missed-retrieval"),
                classified(note("t2", "table", Events.TEN, "nothing  was found."), V1, "missed-retrieval"),
                classified(note("t3", "table", Events.TEN, "The search finds nothing."), V1, "missed-retrieval"),
                classified(note("t4", "table", Events.TEN, "All is well."), V1, "no-error"),
                unclassifiable(note("t5", "table", Events.TEN, "???"), V1));

        JsonNode table = json("/api/v1/statistics?window=all&source=table");

        assertThat(table.path("decided").asInt()).isEqualTo(4);
        assertThat(table.path("undecided").asInt()).isEqualTo(1);
        assertThat(table.path("usage").path("prompt").asDouble()).isEqualTo(500);
        assertThat(table.path("simulated").asBoolean()).isFalse();
        JsonNode first = table.path("rows").path(0);
        assertThat(first.path("name").asText()).isEqualTo("Missed retrieval");
        assertThat(first.path("share").asDouble()).isEqualTo(0.75);
        assertThat(first.path("examples").findValuesAsText("noteId")).containsExactly("t1", "t3");
    }

    @Test
    void shouldAnswerForRangesVersionsAndSources() throws Exception {
        decided(
                classified(note("s1", "span", Events.TEN, "One."), V1, "missed-retrieval"),
                classified(note("s2", "span", Events.TEN.plusSeconds(3600), "Two."), V1, "other"),
                classified(note("s2", "span", Events.TEN.plusSeconds(3600), "Two."), Events.V2, "no-error"));

        JsonNode table =
                json("/api/v1/statistics?from=2026-10-01T10:00:00Z&to=2026-10-01T13:00:00%2B02:00&source=span");
        JsonNode series = json("/api/v1/statistics/series?source=span&step=day");
        JsonNode cross = json("/api/v1/statistics/by/source?source=span");
        JsonNode second = json("/api/v1/statistics?source=span&taxonomy=rag-failures@2");
        JsonNode versions = json("/api/v1/taxonomies");

        assertThat(table.path("decided").asInt()).isOne();
        assertThat(table.path("window").asText()).isEqualTo("range");
        assertThat(table.at("/groups/0/category").asText()).isEqualTo("retrieval");
        assertThat(series.path("step").asText()).isEqualTo("day");
        assertThat(series.findValuesAsText("other")).containsExactly("1");
        assertThat(cross.at("/columns/0/value").asText()).isEqualTo("span");
        assertThat(second.path("decided").asInt()).isOne();
        assertThat(second.path("unjudged").asInt()).isOne();
        assertThat(versions.at("/0/active").asBoolean()).isTrue();
        assertThat(versions.findValuesAsText("version")).contains("1", "2");
    }

    @Test
    void shouldMoveCountsWhenAPersonCorrects() throws Exception {
        decided(classified(note("r1", "review", Events.TEN, "5 mg"), V1, "other"));
        decided(reviewed("r1", V1, "numerical-error"));

        JsonNode rows = json("/api/v1/statistics?source=review").path("rows");

        assertThat(rows.findValuesAsText("category")).containsExactly("numerical-error");
    }

    @Test
    void shouldListNotesPageByPage() throws Exception {
        decided(Stream.of("p1", "p2", "p3")
                .map(id -> classified(note(id, "pages", Events.TEN, "Text of " + id), V1, "other"))
                .toArray(AuditEvent[]::new));
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = json("/api/v1/notes?category=other&source=pages&limit=2" + cursor);
            seen.addAll(page.path("notes").findValuesAsText("noteId"));
            cursor = page.has("cursor") ? "&cursor=" + page.path("cursor").asText() : null;
        } while (cursor != null);

        assertThat(seen).containsExactly("p1", "p2", "p3");
    }

    @Test
    void shouldShowANoteWithItsReasoningAndHistory() throws Exception {
        Note note = note("de/tail 1", "detail", Events.TEN, HOSTILE);
        decided(
                classified(note, V1, "other", 1, Events.MODEL, evidence(note, "the dose is wrong")),
                reviewed("de/tail 1", V1, "numerical-error"));

        HttpResponse<String> answer = get("/api/v1/notes/"
                + URLEncoder.encode("de/tail 1", StandardCharsets.UTF_8).replace("+", "%20"));

        JsonNode detail = Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(detail.path("category").asText()).isEqualTo("numerical-error");
        assertThat(detail.path("reviewed").asBoolean()).isTrue();
        assertThat(detail.at("/event/type").asText()).isEqualTo("classified");
        assertThat(detail.at("/event/note/text").asText()).isEqualTo(HOSTILE);
        assertThat(detail.at("/event/verdict/reasoning/text").asText()).contains("is about other");
        assertThat(detail.at("/event/verdict/evidence/0/start").asInt()).isEqualTo(28);
        assertThat(detail.path("history").findValuesAsText("type")).containsExactly("classified", "reviewed");
    }

    @Test
    void shouldNotWaitForAbortedTransactions() throws Exception {
        producer.abort(classified(note("a1", "aborted", Events.TEN, "Never."), V1, "other"));

        decided(classified(note("a2", "aborted", Events.TEN, "Ever."), V1, "other"));
        producer.abort(classified(note("a3", "aborted", Events.TEN, "Never."), V1, "other"));
        decided();

        assertThat(json("/api/v1/statistics?source=aborted").path("decided").asInt())
                .isOne();
    }

    @Test
    void shouldSendAnEventWhenCountsChange() throws Exception {
        try (EventStream events = EventStream.open(http, home.resolve("/api/v1/events"))) {
            String first = events.next("statistics");
            decided(classified(note("e1", "events", Events.TEN, "Now."), V1, "other"));

            assertThat(events.next("statistics")).isNotEqualTo(first).contains("revision");
        }
    }

    @Test
    void shouldRefuseInProblemJson() throws Exception {
        for (String path : List.of(
                "statistics?window=2h",
                "statistics?window=1h&from=2026-10-01T10:00:00Z",
                "statistics?from=yesterday",
                "statistics?from=2026-10-01T10:00:00Z&to=2026-10-01T10:00:00Z",
                "statistics?from=2999-10-01T10:00:00Z",
                "statistics?to=1999-10-01T10:00:00Z",
                "statistics?taxonomy=rag-failures",
                "statistics/series?step=week",
                "statistics/by/tenant",
                "notes?limit=0",
                "notes?limit=x1",
                "notes?cursor=%25",
                "notes?cursor=QUJD")) {
            HttpResponse<String> answer = get("/api/v1/" + path);
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(answer.headers().firstValue("content-type")).as(path).contains("application/problem+json");
        }
    }

    @Test
    void shouldNotKnowAForeignNote() throws Exception {
        decided();

        HttpResponse<String> answer = get("/api/v1/notes/nobody");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    }

    @Test
    void shouldServeThePageUnderAStrictPolicy() throws Exception {
        for (String path : List.of("/", "/app.js", "/css/base.css", "/theme.js", "/favicon.svg", "/api/v1/about")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-security-policy"))
                    .as(path)
                    .hasValueSatisfying(
                            policy -> assertThat(policy).startsWith("default-src 'none'; script-src 'self'"));
            assertThat(answer.headers().firstValue("x-content-type-options"))
                    .as(path)
                    .contains("nosniff");
            assertThat(answer.headers().firstValue("referrer-policy")).as(path).contains("no-referrer");
        }
    }

    @Test
    void shouldWriteAReportThatCanBeRecounted() throws Exception {
        Note hostile = note("w1", "report", Events.TEN, HOSTILE);
        decided(
                classified(hostile, V1, "other", 1, "lexical-stand-in", evidence(hostile, "the dose is wrong")),
                classified(note("w2", "report", Events.TEN, "Two."), V1, "other"),
                unclassifiable(note("w3", "report", Events.TEN, "Three."), V1),
                reviewed("w2", V1, "no-error"));
        producer.commit(new DeadLetter(
                "d1", Bytes.utf8("x"), "blank-text", "Say it.", "text", new DeadLetter.Origin.File("f.csv", 3)));

        reports.write(
                directory, new TableQuery(io.rationale.core.statistics.Window.ALL, Set.of("report"), Instant.now()));

        List<String> audit = Files.readAllLines(directory.resolve("audit.jsonl"));
        JsonNode table = Json.tree(Files.readAllBytes(directory.resolve("statistics.json")));
        String html = Files.readString(directory.resolve("report.html"));
        assertThat(audit).hasSize(4).anySatisfy(line -> assertThat(line).contains("\"type\":\"reviewed\""));
        assertThat(table.path("rows").findValuesAsText("count")).containsExactly("1", "1");
        assertThat(html)
                .doesNotContain("<script")
                .contains("👍 &lt;script&gt;alert(1)&lt;/script&gt; <mark>the dose is wrong</mark>")
                .contains("A person labelled this note <strong>No error</strong>; R1 said Other.")
                .contains("R1 could not decide");
        assertThat(Files.readString(directory.resolve("report.md"))).contains("| Other | 1 | 50.0 % (9.5-90.5) |");
        assertThat(Files.readString(directory.resolve("dead-letters.jsonl"))).contains("\"key\":\"d1\"");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "audit.jsonl", "statistics.json", "report.html", "report.md", "dead-letters.jsonl");
        }
    }
}
