package io.rationale.console.access;

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
import io.rationale.console.Events;
import io.rationale.console.statistics.StatisticsProgress;
import io.rationale.core.audit.CloudEvents;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.deadletter.ResentNote;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose token it was is what is kept, whatever the body says. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
@QuarkusTestResource(value = Issuer.class, restrictToAnnotatedClass = true)
@Timeout(180)
class NamesApiTest {
    @TestHTTPResource("/api/v1/")
    URI api;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    @Inject
    StatisticsProgress progress;

    private final HttpClient http = HttpClient.newHttpClient();
    private AuditProducer producer;
    private TestTokens tokens;

    @BeforeEach
    void open() {
        producer = new AuditProducer(brokers);
        tokens = new TestTokens(ConfigProvider.getConfig().getValue("test.issuer.folder", Path.class));
    }

    @AfterEach
    void close() {
        producer.close();
        http.close();
    }

    private JsonNode post(int status, Role role, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve(path))
                .header("Authorization", "Bearer " + tokens.of(role))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(status);
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    /** What the topic holds, the oldest first. */
    private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldReviewUnderTheNameOfTheToken() throws Exception {
        // given
        producer.commit(List.of(classified(note("who-1", "who", Events.TEN, "Nothing was found."), V1, "other")));
        progress.awaitCaughtUp(Duration.ofSeconds(60));
        String body = "{\"category\":\"missed-retrieval\"%s}";

        // when
        JsonNode unnamed = post(201, Role.REVIEWER, "notes/who-1/reviews", body.formatted(""));
        JsonNode same =
                post(201, Role.REVIEWER, "notes/who-1/reviews", body.formatted(",\"reviewer\":\" jwt-reviewer\""));
        JsonNode other = post(422, Role.REVIEWER, "notes/who-1/reviews", body.formatted(",\"reviewer\":\"somebody\""));

        // then
        assertThat(unnamed.path("reviewer").asText()).isEqualTo("jwt-reviewer");
        assertThat(same.path("reviewer").asText()).isEqualTo("jwt-reviewer");
        assertThat(other.path("field").asText()).isEqualTo("reviewer");
        assertThat(other.path("detail").asText()).contains("signed in as jwt-reviewer");
        assertThat(records("rationale.audit").stream()
                        .map(record -> Json.tree(record.value()))
                        .filter(event -> event.path("noteId").asText().equals("who-1"))
                        .map(event -> event.path("reviewer").asText()))
                .containsExactly("jwt-reviewer", "jwt-reviewer");
    }

    @Test
    void shouldKeepWhoChangesTaxonomies() throws Exception {
        // when
        JsonNode draft = post(201, Role.REVIEWER, "taxonomies/rag-failures@1/draft", "{}");
        String version = draft.path("id").asText() + "@" + draft.path("version").asText();
        post(422, Role.REVIEWER, "taxonomies/rag-failures@1/draft", "{\"by\":\"somebody\"}");
        JsonNode active = post(200, Role.ADMIN, "taxonomies/" + version + "/activate", "{}");
        post(200, Role.ADMIN, "taxonomies/rag-failures@1/activate", "{\"by\":\"jwt-admin\"}");
        post(200, Role.ADMIN, "taxonomies/" + version + "/retire", "");

        // then
        assertThat(active.at("/activation/by").asText()).isEqualTo("jwt-admin");
        await().untilAsserted(() -> assertThat(records("rationale.taxonomies").stream()
                        .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(version))
                        .map(record -> header(record, CloudEvents.BY)))
                .startsWith("jwt-reviewer", "jwt-admin")
                .endsWith("jwt-admin")
                .doesNotContainNull());
    }

    @Test
    void shouldKeepWhoRecordsARemedy() throws Exception {
        producer.commit(List.of(classified(note("who-2", "who", Events.TEN, "Nothing was found."), V1, "other")));
        progress.awaitCaughtUp(Duration.ofSeconds(60));

        JsonNode remedy = post(
                201, Role.REVIEWER, "remedies", "{\"category\":\"missed-retrieval\",\"what\":\"Chunks overlap.\"}");
        JsonNode withdrawn =
                post(200, Role.ADMIN, "remedies/" + remedy.path("id").asText() + "/withdraw", "{}");

        assertThat(remedy.path("by").asText()).isEqualTo("jwt-reviewer");
        assertThat(withdrawn.at("/withdrawal/by").asText()).isEqualTo("jwt-admin");
    }

    @Test
    void shouldKeepWhoAsksForWorkOfR1() throws Exception {
        producer.commit(List.of(classified(note("who-3", "who", Events.TEN, "Nothing was found."), V1, "other")));
        progress.awaitCaughtUp(Duration.ofSeconds(60));

        JsonNode job = post(201, Role.ADMIN, "reclassifications", "{\"again\":true,\"source\":[\"who\"]}");
        post(422, Role.ADMIN, "reclassifications", "{\"again\":true,\"source\":[\"who\"],\"by\":\"somebody\"}");
        post(202, Role.ADMIN, "reclassifications/" + job.path("id").asText() + "/cancel", "{}");
        JsonNode run = post(202, Role.ADMIN, "discoveries", "{\"notes\":2,\"source\":[\"who\"]}");

        assertThat(job.path("by").asText()).isEqualTo("jwt-admin");
        await().untilAsserted(() -> assertThat(records("rationale.discoveries").stream()
                        .filter(record -> new String(record.key(), StandardCharsets.UTF_8)
                                .equals(run.path("id").asText()))
                        .map(record -> Json.tree(record.value()).at("/asked/by").asText()))
                .contains("jwt-admin"));
    }

    @Test
    void shouldKeepWhoSendsANoteAgain() throws Exception {
        // given
        RecordMetadata at = producer.commit(new DeadLetter(
                "who-4",
                Bytes.utf8("{\"id\":\"who-4\",\"text\":\"Nothing was found.\"}"),
                "cut-off",
                "It failed.",
                null,
                new DeadLetter.Origin.Topic("rationale.notes", 0, 1)));

        // when
        post(202, Role.REVIEWER, "dead-letters/" + at.partition() + "/" + at.offset() + "/resend", "");

        // then
        assertThat(records("rationale.notes"))
                .filteredOn(record -> (at.partition() + ":" + at.offset()).equals(header(record, ResentNote.FROM)))
                .singleElement()
                .satisfies(record -> assertThat(header(record, ResentNote.BY)).isEqualTo("jwt-reviewer"));
    }
}
