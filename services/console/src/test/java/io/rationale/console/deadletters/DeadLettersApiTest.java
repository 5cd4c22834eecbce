package io.rationale.console.deadletters;

import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static io.rationale.console.Events.unclassifiable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.console.AuditProducer;
import io.rationale.console.ConsoleBroker;
import io.rationale.console.Events;
import io.rationale.console.statistics.StatisticsProgress;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Dead letters of a real broker over HTTP; each test uses reasons of its own. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
class DeadLettersApiTest {
    private static final String HOSTILE = "{\"id\":\"case-1\",\"text\":\"👍 <script>alert(1)</script>\"}";

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

    private RecordMetadata dead(String key, String original, String reason, DeadLetter.Origin origin) throws Exception {
        return producer.commit(new DeadLetter(key, Bytes.utf8(original), reason, "It failed.", null, origin));
    }

    private static DeadLetter.Origin at(long offset) {
        return new DeadLetter.Origin.Topic("rationale.notes", 0, offset);
    }

    private HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(api.resolve(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode list(String parameters) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", "dead-letters" + parameters);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static String path(RecordMetadata at) {
        return "dead-letters/" + at.partition() + "/" + at.offset();
    }

    @Test
    void shouldListTheNewestFirstPageByPage() throws Exception {
        // given: more than one stretch of the scan, among others, each in a transaction of its own
        for (int i = 0; i < 130; i++) {
            dead("p" + i, "x" + i, i % 2 == 0 ? "even" : "odd", at(i));
        }
        progress.awaitCaughtUp(Duration.ofSeconds(60));

        // when
        List<String> seen = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = list("?reason=even&limit=25" + cursor);
            seen.addAll(page.path("letters").findValuesAsText("key"));
            sizes.add(page.path("letters").size());
            cursor = page.has("cursor") ? "&cursor=" + page.path("cursor").asText() : null;
        } while (cursor != null);

        // then
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 65)
                        .mapToObj(i -> "p" + (128 - 2 * i))
                        .toList());
        assertThat(sizes.subList(0, 3)).containsExactly(25, 25, 15);
        await().untilAsserted(() -> {
            assertThat(list("?reason=even").path("total").asInt()).isEqualTo(65);
            assertThat(list("?limit=1").at("/reasons/odd").asInt()).isEqualTo(65);
        });
        assertThat(list("?reason=none").path("letters")).isEmpty();
    }

    @Test
    void shouldTellWhatIsDecidedAboutItsNote() throws Exception {
        // given
        dead("case-1", HOSTILE, "states", at(1));
        dead("case-2", "{\"id\":\"case-2\",\"text\":\"Two.\"}", "states", at(2));
        dead("case-3", "{\"id\":\"case-3\",\"text\":\"Three.\"}", "states", at(3));
        dead("case-4", "no note", "states", at(4));
        producer.commit(List.of(
                unclassifiable(note("case-1", "dead", Events.TEN, "One."), V1),
                unclassifiable(note("case-2", "dead", Events.TEN, "Two."), V1),
                classified(note("case-2", "dead", Events.TEN, "Two."), V1, "other")));
        progress.awaitCaughtUp(Duration.ofSeconds(60));

        // when
        JsonNode letters = list("?reason=states").path("letters");

        // then
        assertThat(letters.findValuesAsText("state")).containsExactly("unknown", "unknown", "decided", "undecided");
        assertThat(letters.findValuesAsText("noteId")).containsExactly("case-3", "case-2", "case-1");
        assertThat(letters.at("/3/excerpt").asText()).isEqualTo(HOSTILE);
    }

    @Test
    void shouldShowOneWithItsExchanges() throws Exception {
        // given: events are about offset 0 of partition 0
        RecordMetadata letter = dead("case-5", "{\"id\":\"case-5\",\"text\":\"Five.\"}", "one", at(0));
        RecordMetadata other = dead("case-5", "{\"id\":\"case-5\",\"text\":\"Five.\"}", "one", at(1));
        producer.commit(List.of(Events.failedOver(note("case-5", "dead", Events.TEN, "Five."), V1, "x1")));
        progress.awaitCaughtUp(Duration.ofSeconds(60));

        // when
        JsonNode shown = json(send("GET", path(letter)));

        // then
        assertThat(shown.path("text").asText()).isEqualTo("{\"id\":\"case-5\",\"text\":\"Five.\"}");
        assertThat(shown.path("truncated").asBoolean()).isFalse();
        assertThat(shown.at("/origin/topic").asText()).isEqualTo("rationale.notes");
        assertThat(shown.path("exchanges").findValuesAsText("id")).containsExactly("x1");
        assertThat(json(send("GET", path(other))).path("exchanges")).isEmpty();
    }

    @Test
    void shouldSendAgainByteForByte() throws Exception {
        // given
        RecordMetadata letter = dead("case-6", "\"No id.\"", "again", at(6));

        // when
        HttpResponse<String> answer = send("POST", path(letter) + "/resend", "Sec-Fetch-Site", "same-origin");

        // then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode at = json(answer);
        ConsumerRecord<byte[], byte[]> resent = read(
                at.path("topic").asText(),
                at.path("partition").asInt(),
                at.path("offset").asLong());
        assertThat(resent.topic()).isEqualTo("rationale.notes");
        assertThat(resent.key()).asString().isEqualTo("case-6");
        assertThat(resent.value()).asString().isEqualTo("\"No id.\"");
        assertThat(resent.headers().lastHeader("rationale-resent-from").value())
                .asString()
                .isEqualTo(letter.partition() + ":" + letter.offset());
        assertThat(resent.headers().lastHeader("rationale-note-id").value())
                .asString()
                .isEqualTo("rationale.notes-0-6");
    }

    private ConsumerRecord<byte[], byte[]> read(String topic, int partition, long offset) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition place = new TopicPartition(topic, partition);
            consumer.assign(List.of(place));
            consumer.seek(place, offset);
            return consumer.poll(Duration.ofSeconds(20)).iterator().next();
        }
    }

    @Test
    void shouldRefuseWhatCannotBeSentAgain() throws Exception {
        // given
        RecordMetadata ofFile = dead("f1", "x,y", "file", new DeadLetter.Origin.File("f.csv", 2));
        RecordMetadata ofNotes = dead("f2", "x", "file", at(9));

        // then
        shouldRefuse(422, "POST", path(ofFile) + "/resend");
        shouldRefuse(403, "POST", path(ofNotes) + "/resend", "Sec-Fetch-Site", "cross-site");
        // The marker of the transaction.
        shouldRefuse(404, "GET", "dead-letters/0/" + (ofFile.offset() + 1));
        shouldRefuse(404, "POST", "dead-letters/0/" + (ofFile.offset() + 1) + "/resend");
        shouldRefuse(404, "GET", "dead-letters/77/0");
        shouldRefuse(404, "GET", "dead-letters/0/999999");
        shouldRefuse(404, "GET", "dead-letters/0/x");
        shouldRefuse(400, "GET", "dead-letters?limit=201");
        shouldRefuse(400, "GET", "dead-letters?cursor=eA");
        shouldRefuse(405, "GET", path(ofFile) + "/resend");
    }

    private void shouldRefuse(int status, String method, String path, String... headers) throws Exception {
        HttpResponse<String> answer = send(method, path, headers);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).as(path).contains("application/problem+json");
        assertThat(json(answer).path("detail").asText()).endsWith(".");
    }
}
