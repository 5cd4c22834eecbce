package io.rationale.console.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.console.AuditProducer;
import io.rationale.console.Events;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaWatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void shouldTellWhatItKnowsWithoutAskingAlsoWhenKafkaGoes() throws Exception {
        // given
        EmbeddedKafka broker = EmbeddedKafka.start(directory, 0);
        KafkaClients clients = new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers()));
        try (KafkaWatch watch = new KafkaWatch(clients, Topics.DEFAULT, "console", InstantSource.system())) {
            Vitals vitals = new Vitals("1", Events.V1, Events.TEN, watch, partition -> 0, Optional::empty, () -> 2);
            assertThat(vitals.kafka().reachable()).isFalse();
            assertThat(vitals.console().auditRecords()).isNull();

            // when there are no topics yet
            watch.start();

            // then
            await().atMost(PATIENCE).until(() -> vitals.kafka().reachable());
            assertThat(vitals.console().auditRecords()).isZero();

            // and when somebody writes: a record and the end of its transaction
            broker.createTopics(Topics.DEFAULT.specs(1));
            try (AuditProducer producer = new AuditProducer(broker.bootstrapServers())) {
                producer.commit(List.of(Events.classified(Events.note("n1"), Events.V1, "other")));
            }
            await().atMost(PATIENCE).until(() -> vitals.console().auditRecords() == 2);
            assertThat(vitals.console().countLag()).isEqualTo(2);
            assertThat(vitals.console().indexLag()).isEqualTo(2);
            assertThat(vitals.topics(7).audit()).isEqualTo(2);

            // and when the record is counted, the transaction's end is not waited for
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                admin.alterConsumerGroupOffsets(
                                "console", Map.of(new TopicPartition("rationale.audit", 0), new OffsetAndMetadata(1)))
                        .all()
                        .get();
            }
            await().atMost(PATIENCE).until(() -> vitals.console().countLag() == 0);
            assertThat(vitals.console().counted()).isEqualTo(2);

            // and when Kafka goes
            Instant before = Instant.now();
            broker.close();
            await().atMost(PATIENCE).until(() -> !vitals.kafka().reachable());
            assertThat(vitals.kafka().since()).isAfterOrEqualTo(before);
            assertThat(vitals.console().auditRecords()).isEqualTo(2);
            assertThat(vitals.topics(7)).isEqualTo(new Vitals.TopicFigures(7, null, 0L, 2L));
        } finally {
            broker.close();
        }
    }
}
