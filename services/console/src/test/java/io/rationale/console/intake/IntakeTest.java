package io.rationale.console.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.console.ConsoleBroker;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Notes over HTTP into the running console's broker; each test looks for the ids that it was answered. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
class IntakeTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @TestHTTPResource("/api/v1/notes")
    URI intake;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("application/json", "{\"text\":\"one\"}", List.of("one")),
                Arguments.of("application/json", "\"one\"", List.of("one")),
                Arguments.of("application/json", "[{\"text\":\"one\"},\n\"two\"]", List.of("one", "two")),
                Arguments.of("application/x-ndjson", "{\"text\":\"one\"}\n\"two\"\n", List.of("one", "two")),
                Arguments.of("application/jsonl; charset=UTF-8", "{\"text\":\"one\"}", List.of("one")),
                Arguments.of("text/csv", "id,comment\n,\"one, with comma\"\n,two", List.of("one, with comma", "two")),
                Arguments.of("text/tab-separated-values", "note\tlabel\none\tx\n", List.of("one")),
                Arguments.of("text/plain", "one\n\ntwo\n", List.of("one", "two")),
                Arguments.of(
                        "multipart/form-data; boundary=xx",
                        "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"notes.csv\"\r\n"
                                + "Content-Type: text/csv\r\n\r\ntext\none\ntwo\r\n--xx--\r\n",
                        List.of("one", "two")));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void shouldTakeEachKindOfBody(String type, String body, List<String> texts) throws Exception {
        // when
        HttpResponse<String> answer = post("", body, "Content-Type", type);

        // then
        JsonNode json = json(answer, 202);
        assertThat(json.path("accepted").asInt()).isEqualTo(texts.size());
        assertThat(json.path("rejected").asInt()).isZero();
        List<String> ids = json.path("notes").findValuesAsText("id");
        assertThat(ids.stream().map(this::written).map(Note::text)).isEqualTo(texts);
        assertThat(written(ids.getFirst()).source()).isEqualTo(type.startsWith("multipart") ? "notes.csv" : "http");
    }

    @Test
    void shouldWriteTheNoteAsItWasSentWithHeaders() throws Exception {
        // given
        String id = "given-" + UUID.randomUUID();
        String note = "{\"id\":\"" + id + "\",\"text\":\"👍 5 mg\",\"source\":\"clinic\",\"labels\":{\"tenant\":\"a\"},"
                + "\"observedAt\":\"2026-10-01T10:00:00Z\"}";

        // when
        json(post("", note, "Content-Type", "application/json", "traceparent", TRACE), 202);

        // then
        ConsumerRecord<byte[], byte[]> written = record(id);
        assertThat(new String(written.headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8))
                .isEqualTo(TRACE);
        assertThat(new String(written.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                .isEqualTo("io.rationale.note.observed.v1");
        Note read = Json.read(written.value(), Note.class);
        assertThat(read.text()).isEqualTo("👍 5 mg");
        assertThat(read.source()).isEqualTo("clinic");
        assertThat(read.labels()).containsEntry("tenant", "a");
    }

    @Test
    void shouldTakeParameters() throws Exception {
        // given
        String id = "p-" + UUID.randomUUID();

        // when
        json(
                post(
                        "?source=ward%203&textColumn=what&idColumn=number",
                        "number,what,text\n" + id + ",the note,not it\n", "Content-Type", "text/csv"),
                202);

        // then
        assertThat(written(id))
                .isEqualTo(new Note(
                        id,
                        "the note",
                        "ward 3",
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        written(id).labels(),
                        null));
    }

    @Test
    void shouldTellErrorsByLineAndTakeTheRest() throws Exception {
        // given
        String body =
                "{\"text\":\"fine\"}\n{\"text\":\" \"}\n{\"text\":\n\"" + "x".repeat(40_000) + "\"\n{\"text\":3}\n";

        // when
        JsonNode answer = json(post("", body, "Content-Type", "application/x-ndjson"), 202);

        // then
        assertThat(answer.path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.path("rejected").asInt()).isEqualTo(3);
        assertThat(answer.path("errors").findValuesAsText("line")).containsExactly("2", "3", "4");
        assertThat(answer.path("errors").findValuesAsText("reason"))
                .containsExactly("blank-text", "not-json", "too-long");
        assertThat(answer.at("/errors/0/field").asText()).isEqualTo("text");
        assertThat(answer.at("/errors/2/message").asText()).contains("rationale.note.max-text-bytes");
    }

    @Test
    void shouldRefuseAnIdWithTwoTexts() throws Exception {
        // given
        String id = UUID.randomUUID().toString();
        String body = "id,text\n" + id + ",a\n" + id + ",a\n" + id + ",b\n";

        // when
        JsonNode answer = json(post("", body, "Content-Type", "text/csv"), 202);

        // then
        assertThat(answer.path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.at("/errors/0/reason").asText()).isEqualTo("duplicate-id");
        assertThat(WrittenNotes.ids(brokers, "rationale.notes")).containsOnlyOnce(id);
    }

    @Test
    void shouldMakeANewNoteOfEachEqualText() throws Exception {
        // when
        JsonNode first = json(post("", "same\nsame\n", "Content-Type", "text/plain"), 202);
        JsonNode second = json(post("", "same\nsame\n", "Content-Type", "text/plain"), 202);

        // then
        assertThat(Stream.of(first, second).flatMap(answer -> answer.findValuesAsText("id").stream()))
                .hasSize(4)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "422 | application/json | {\"text\":\" \"}",
                "422 | application/json | []",
                "422 | application/json | {\"text\":",
                "400 | application/json | ' '",
                "400 | text/csv         | a,b",
                "415 | application/xml  | <a/>",
                "415 | text/plain; charset=iso-8859-1 | text",
                "400 | multipart/form-data; boundary=xx | --xx--",
            })
    void shouldRefuse(int status, String type, String body) throws Exception {
        // when
        HttpResponse<String> answer = post("", body, "Content-Type", type, "Accept", "text/html");

        // then
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        JsonNode problem = json(answer, status);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).isNotBlank().doesNotContain("--text-column");
    }

    @Test
    void shouldRefuseWhatHasNoType() throws Exception {
        assertThat(json(post("", "text"), 415).path("detail").asText()).contains("text/csv");
    }

    @Test
    void shouldRefuseWhatIsTooLarge() throws Exception {
        // given
        byte[] large = "x\n".repeat(17 * 1024 * 1024).getBytes(StandardCharsets.UTF_8);
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large));

        // when
        HttpResponse<String> known = send(request("", BodyPublishers.ofByteArray(large), "Content-Type", "text/csv"));
        HttpResponse<String> keyed =
                send(request("", chunked, "Content-Type", "text/plain", "Idempotency-Key", "large"));

        // then
        assertThat(json(known, 413).path("detail").asText()).contains("33554432");
        assertThat(json(keyed, 413).path("detail").asText()).contains("33554432");
    }

    @Test
    void shouldSayWhatWasTakenBeforeTheLimit() throws Exception {
        // given
        String line = "{\"id\":\"limit\",\"text\":\"" + "x".repeat(20_000) + "\"}\n";
        byte[] large = line.repeat(1_800).getBytes(StandardCharsets.UTF_8);
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large));

        // when
        JsonNode problem = json(send(request("", chunked, "Content-Type", "application/jsonl")), 413);

        // then
        assertThat(problem.at("/acceptedRecords/0/from").asInt()).isEqualTo(1);
        assertThat(problem.at("/notes/0/id").asText()).isEqualTo("limit");
    }

    @Test
    void shouldRefusePagesOfOtherSites() throws Exception {
        json(post("", "text", "Content-Type", "text/plain", "Sec-Fetch-Site", "cross-site"), 403);
        json(post("", "text", "Content-Type", "text/plain", "Sec-Fetch-Site", "same-origin"), 202);
    }

    @Test
    void shouldAnswerTheSameToTheSameRequestWithAKey() throws Exception {
        // given
        String key = UUID.randomUUID().toString();
        String body = "one\none\n" + "x".repeat(40_000);

        // when
        HttpResponse<String> first = post("", body, "Content-Type", "text/plain", "Idempotency-Key", key);
        HttpResponse<String> again = post("", body, "Content-Type", "text/plain", "Idempotency-Key", '"' + key + '"');
        HttpResponse<String> other = post("", "two", "Content-Type", "text/plain", "Idempotency-Key", key);

        // then
        JsonNode answer = json(first, 202);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(json(other, 422).path("detail").asText()).contains("Idempotency-Key");
        List<String> ids = answer.path("notes").findValuesAsText("id");
        assertThat(ids).hasSize(2).doesNotHaveDuplicates();
        assertThat(WrittenNotes.ids(brokers, "rationale.notes")).containsOnlyOnceElementsOf(ids);
    }

    @Test
    void shouldCarryOutOneOfEightEqualRequestsAtOnce() throws Exception {
        // given
        HttpRequest request = request(
                "",
                BodyPublishers.ofString("[\"one\",\"two\"]"),
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                UUID.randomUUID().toString());

        // when
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 8)
                .mapToObj(i -> http.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .toList();
        Set<String> bodies = answers.stream()
                .map(CompletableFuture::join)
                .map(HttpResponse::body)
                .collect(java.util.stream.Collectors.toSet());

        // then
        assertThat(bodies).hasSize(1);
        List<String> ids = json(answers.getFirst().join(), 202).findValuesAsText("id");
        assertThat(WrittenNotes.ids(brokers, "rationale.notes")).containsOnlyOnceElementsOf(ids);
    }

    @Test
    void shouldLetAKeyBeUsedAgainAfterARefusal() throws Exception {
        // given
        String key = UUID.randomUUID().toString();

        // when
        json(post("", "[]", "Content-Type", "application/json", "Idempotency-Key", key), 422);

        // then
        json(post("", "[\"mended\"]", "Content-Type", "application/json", "Idempotency-Key", key), 202);
        json(post("", "[\"x\"]", "Content-Type", "application/json", "Idempotency-Key", "x".repeat(256)), 400);
    }

    @Test
    void shouldMeasure() throws Exception {
        // given
        json(post("", "text", "Content-Type", "text/plain"), 202);

        // when
        String metrics = send(HttpRequest.newBuilder(intake.resolve("/q/metrics"))
                        .build())
                .body();

        // then
        assertThat(metrics)
                .contains("rationale_intake_notes_total{outcome=\"accepted\"}")
                .contains("rationale_intake_requests_total{status=\"202\"}");
    }

    private Note written(String id) {
        return Json.read(record(id).value(), Note.class);
    }

    private ConsumerRecord<byte[], byte[]> record(String id) {
        return WrittenNotes.all(brokers, "rationale.notes").stream()
                .filter(read -> new String(read.key(), StandardCharsets.UTF_8).equals(id))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> post(String query, String body, String... headers)
            throws IOException, InterruptedException {
        return send(request(query, BodyPublishers.ofString(body), headers));
    }

    private HttpRequest request(String query, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(intake + query)).POST(body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
