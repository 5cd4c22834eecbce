package io.rationale.console.notes;

import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.console.Events;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.status.RetentionWatch;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.seal.ChainEvent;
import io.rationale.core.topic.Retention;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a console shows while a cluster still keeps what was erased, and for how long it says that it does. */
@Timeout(90)
class ErasedRecordsTest {
    private static final Topics TOPICS = Topics.DEFAULT;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void shouldNotShowWhatWasErased() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(directory, 0)) {
            // given
            broker.createTopics(TOPICS.specs(1));
            KafkaClients clients = new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers()));
            AuditEvent first = classified(note("a"), V1, "other");
            AuditEvent second = classified(note("b"), V1, "other");
            try (Producer<byte[], byte[]> producer = producer(broker);
                    ErasedRecords erased = new ErasedRecords(clients, TOPICS.auditChain());
                    AuditReader reader = new AuditReader(clients, TOPICS.audit(), erased)) {
                send(producer, TOPICS.audit(), "a", Json.bytes(first), "io.rationale.note.classified.v1");
                send(producer, TOPICS.audit(), "b", Json.bytes(second), "io.rationale.note.classified.v1");
                erased.start();
                assertThat(read(reader)).extracting(AuditRecord::event).containsExactly(first, second);

                // when
                ChainEvent.Erased notice = new ChainEvent.Erased(
                        1, TOPICS.audit(), 0, 0, "0".repeat(64), "dpo", null, Events.TEN, "e-1", "1".repeat(64));
                send(producer, TOPICS.auditChain(), "rationale.audit-0", Json.bytes(notice), notice.cloudEventType());

                // then
                await().atMost(PATIENCE)
                        .until(() -> !read(reader).getFirst().event().equals(first));
                List<AuditRecord> shown = read(reader);
                AuditEvent.Classified hidden =
                        (AuditEvent.Classified) shown.getFirst().event();
                assertThat(hidden.note().text()).isEqualTo("[erased]");
                assertThat(hidden.verdict().category()).isEqualTo("other");
                assertThat(hidden.verdict().evidence()).isEmpty();
                assertThat(shown.getFirst().original().lenientUtf8())
                        .doesNotContain(((AuditEvent.Classified) first).note().text());
                assertThat(shown.getLast().event()).isEqualTo(second);
            }
        }
    }

    @Test
    void shouldSayForHowLongKafkaKeepsEachTopic() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(directory, 0)) {
            // given
            Retention retention = Retention.of(Map.of("audit", "90d"));
            broker.createTopics(retention.applied(TOPICS, TOPICS.specs(1)));
            KafkaClients clients = new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers()));
            try (Producer<byte[], byte[]> producer = producer(broker);
                    RetentionWatch watch = new RetentionWatch(clients, TOPICS, retention)) {
                send(producer, TOPICS.audit(), "a", new byte[0], "any");

                // when
                watch.start();
                await().atMost(PATIENCE).until(() -> !watch.kept().isEmpty());

                // then
                assertThat(watch.kept()).hasSameSizeAs(TOPICS.specs(1));
                RetentionWatch.Kept audit = kept(watch, TOPICS.audit());
                assertThat(audit.keptForSeconds()).isEqualTo(Duration.ofDays(90).toSeconds());
                assertThat(audit.configured()).isTrue();
                assertThat(audit.oldest()).isNotNull();
                RetentionWatch.Kept taxonomies = kept(watch, TOPICS.taxonomies());
                assertThat(taxonomies.keptForSeconds()).isNull();
                assertThat(taxonomies.compacted()).isTrue();
                assertThat(taxonomies.oldest()).isNull();
            }
        }
    }

    private static RetentionWatch.Kept kept(RetentionWatch watch, String topic) {
        return watch.kept().stream()
                .filter(each -> each.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    private static List<AuditRecord> read(AuditReader reader) {
        List<AuditRecord> found = new ArrayList<>();
        reader.read(0, LongStream.of(0, 1), found::add);
        return found;
    }

    private static Producer<byte[], byte[]> producer(EmbeddedKafka broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static void send(Producer<byte[], byte[]> producer, String topic, String key, byte[] value, String type)
            throws Exception {
        ProducerRecord<byte[], byte[]> made =
                new ProducerRecord<>(topic, 0, key.getBytes(StandardCharsets.UTF_8), value);
        made.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        producer.send(made).get();
    }
}
