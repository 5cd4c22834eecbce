package io.rationale.console.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicTableTest {
    @TempDir
    static Path directory;

    @Test
    void shouldFollowTheTopicAlsoWhenItIsMadeLater() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(directory.resolve("kafka"), 0);
                TopicTable<Integer> table = new TopicTable<>(
                        new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers())),
                        Topics.DEFAULT.taxonomies(),
                        "numbers",
                        bytes -> Integer.valueOf(new String(bytes, StandardCharsets.UTF_8)))) {
            table.start();
            broker.createTopics(List.of(Topics.DEFAULT.specs(1).stream()
                    .filter(spec -> spec.name().equals(Topics.DEFAULT.taxonomies()))
                    .findFirst()
                    .orElseThrow()));

            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                for (String entry : List.of("a=1", "b=2", "b=no number", "c=3", "a", "end=0")) {
                    String[] parts = entry.split("=");
                    producer.send(new ProducerRecord<>(
                                    Topics.DEFAULT.taxonomies(),
                                    parts[0].getBytes(StandardCharsets.UTF_8),
                                    parts.length == 1 ? null : parts[1].getBytes(StandardCharsets.UTF_8)))
                            .get();
                }
            }

            await().until(() -> table.loaded() && table.get("end").isPresent());
            assertThat(table.all()).isEqualTo(Map.of("b", 2, "c", 3, "end", 0));
        }
    }
}
