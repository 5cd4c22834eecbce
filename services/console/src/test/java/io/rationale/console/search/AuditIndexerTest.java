package io.rationale.console.search;

import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static io.rationale.console.Events.reviewed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditIndexerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOPIC = Topics.DEFAULT.audit();

    @TempDir
    Path directory;

    private EmbeddedKafka broker;
    private KafkaClients clients;

    @BeforeEach
    void open() throws IOException {
        broker = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        clients = new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers()));
        broker.createTopics(Topics.DEFAULT.specs(2));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private void write(AuditEvent... events) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, "no event".getBytes(StandardCharsets.UTF_8)));
            for (AuditEvent event : events) {
                byte[] key = event.noteId().getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(TOPIC, key, Json.bytes(event)));
            }
        }
    }

    /** What a console finds that starts now, reads everything, and ends. */
    private List<String> found(Duration maxAge) throws IOException {
        try (NoteIndex index = new NoteIndex(directory.resolve("index"));
                AuditIndexer indexer =
                        new AuditIndexer(clients, TOPIC, index, maxAge, () -> false, InstantSource.system())) {
            indexer.start();
            await().atMost(PATIENCE).until(indexer::loaded);
            NotePage page = index.read(notes -> notes.page(NoteQuery.all(V1), NoteOrder.AGREEMENT, 100, null));
            return page.notes().stream()
                    .map(note -> note.noteId() + "=" + note.category())
                    .toList();
        }
    }

    @Test
    void shouldGoOnWhereItsLastRunEnded() throws Exception {
        write(classified(note("a"), V1, "other"), classified(note("b"), V1, "other"));
        assertThat(found(Duration.ZERO)).containsExactly("a=other", "b=other");

        write(reviewed("a", V1, "no-error"), classified(note("c"), V1, "other"));

        assertThat(found(Duration.ZERO)).containsExactly("a=no-error", "b=other", "c=other");
        try (IndexHarness index = new IndexHarness(directory.resolve("index"))) {
            assertThat(index.note("a").history()).hasSize(2);
        }
    }

    @Test
    void shouldBuildAnewFromAnotherTopicOfTheSameName() throws Exception {
        write(classified(note("a"), V1, "other"));
        assertThat(found(Duration.ZERO)).containsExactly("a=other");

        try (Admin admin = clients.admin()) {
            admin.deleteTopics(Set.of(TOPIC)).all().get();
            await().atMost(PATIENCE)
                    .until(() -> !admin.listTopics().names().get().contains(TOPIC));
        }
        broker.createTopics(Topics.DEFAULT.specs(2));
        write(classified(note("x"), V1, "other"), classified(note("y"), V1, "other"));

        assertThat(found(Duration.ZERO)).containsExactly("x=other", "y=other");
    }

    @Test
    void shouldDropWhatIsTooOld() throws Exception {
        write(classified(note("a"), V1, "other"));

        assertThat(found(Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void shouldShowWhatIsDecidedWhileItRuns() throws Exception {
        try (NoteIndex index = new NoteIndex(directory.resolve("live"));
                AuditIndexer indexer =
                        new AuditIndexer(clients, TOPIC, index, Duration.ZERO, () -> false, InstantSource.system())) {
            indexer.start();
            await().atMost(PATIENCE).until(indexer::loaded);

            write(classified(note("a"), V1, "other"));

            await().atMost(PATIENCE).until(() -> index.read(notes -> notes.count(NoteQuery.all(V1))) == 1);
        }
    }
}
