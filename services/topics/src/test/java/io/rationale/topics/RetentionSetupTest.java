package io.rationale.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.core.topic.Retention;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RetentionSetupTest {
    private static final Topics TOPICS = new Topics("r.");

    @TempDir
    Path dataDir;

    @Test
    void shouldChangeTopicsThatExistAndOnlyThoseThatAreNamed() throws Exception {
        // given
        Retention retention = Retention.of(Map.of("audit", "90d", "notes", "12h", "alerts", "30d"));
        try (EmbeddedKafka broker = EmbeddedKafka.start(dataDir, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            broker.createTopics(List.of(
                    new Topics.Spec(TOPICS.audit(), 1, Map.of("retention.ms", "-1")),
                    new Topics.Spec(TOPICS.notes(), 1, Map.of("retention.ms", "5000")),
                    new Topics.Spec(TOPICS.exchanges(), 1, Map.of("retention.ms", "7000"))));

            // when
            RetentionSetup.Result result = RetentionSetup.apply(admin, TOPICS, retention);

            // then
            assertThat(result.changed()).containsExactlyInAnyOrder("r.audit", "r.notes");
            assertThat(result.problems()).isEmpty();
            await().untilAsserted(() -> {
                assertThat(config(admin, TOPICS.audit(), "retention.ms")).isEqualTo("7776000000");
                assertThat(config(admin, TOPICS.notes(), "retention.ms")).isEqualTo("43200000");
                assertThat(config(admin, TOPICS.notes(), "segment.ms")).isEqualTo("4320000");
            });
            assertThat(config(admin, TOPICS.exchanges(), "retention.ms")).isEqualTo("7000");

            // when
            RetentionSetup.Result again = RetentionSetup.apply(admin, TOPICS, retention);

            // then
            assertThat(again.changed()).isEmpty();
        }
    }

    @Test
    void shouldLetTheBrokerForgetAlsoInATopicThatNobodyWritesToAnyMore() throws Exception {
        // given
        Map<String, String> often =
                Map.of("log.retention.check.interval.ms", "200", "log.initial.task.delay.ms", "100");
        try (EmbeddedKafka broker = EmbeddedKafka.start(dataDir, 0, List.of(), often);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                Producer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new StringSerializer(),
                        new StringSerializer())) {
            broker.createTopics(List.of(new Topics.Spec(TOPICS.notes(), 1, Map.of("retention.ms", "-1"))));
            producer.send(new ProducerRecord<>(TOPICS.notes(), "a", "words")).get();
            assertThat(first(admin)).isZero();

            // when
            RetentionSetup.apply(admin, TOPICS, Retention.of(Map.of("notes", "1s")));

            // then
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(first(admin)).isEqualTo(1));
        }
    }

    /** Offset of the first record that is held. */
    private static long first(Admin admin) throws Exception {
        TopicPartition at = new TopicPartition(TOPICS.notes(), 0);
        return admin.listOffsets(Map.of(at, OffsetSpec.earliest()))
                .partitionResult(at)
                .get()
                .offset();
    }

    private static String config(Admin admin, String topic, String key) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get(key)
                .value();
    }
}
