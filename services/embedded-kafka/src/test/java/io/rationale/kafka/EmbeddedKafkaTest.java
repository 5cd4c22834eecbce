package io.rationale.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka.Detour;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedKafkaTest {
    @TempDir
    Path dataDir;

    @Test
    void shouldGoOnWhereItWasWhenStartedAgainOnTheSameDirectory() throws Exception {
        // given
        try (EmbeddedKafka broker = EmbeddedKafka.start(dataDir, 0)) {
            broker.createTopics(Topics.DEFAULT.specs(2));
            commitInTransaction(broker, "kept");
        }

        // when
        try (EmbeddedKafka broker = EmbeddedKafka.start(dataDir, 0)) {
            broker.createTopics(Topics.DEFAULT.specs(2));
            commitInTransaction(broker, "new");

            // then
            assertThat(read(broker, 2)).containsExactly("kept", "new");
        }
    }

    @Test
    void shouldRefuseAUsedPort() throws Exception {
        // given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // when / then
            assertThatThrownBy(() -> EmbeddedKafka.start(dataDir, taken.getLocalPort()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Address already in use");
        }
    }

    @Test
    void shouldSendClientsWhoComeByAListenerToItsAdvertisedAddress() throws Exception {
        // given
        int port = Ports.free();
        Detour listener = Detour.parse("0.0.0.0:" + port + "=localhost:" + port);

        // when
        try (EmbeddedKafka broker = EmbeddedKafka.start(dataDir, 0, List.of(listener));
                Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            Node node = admin.describeCluster().nodes().get().iterator().next();

            // then
            assertThat(node.host()).isEqualTo("localhost");
            assertThat(node.port()).isEqualTo(port);
            assertThat(broker.bootstrapServers()).isNotEqualTo("127.0.0.1:" + port);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "9092", "0.0.0.0:9092", "0.0.0.0:9092=localhost", "0.0.0.0:0=localhost:9092", "a:1=b:70000"})
    void shouldRefuseAListenerOfAnotherForm(String text) {
        assertThatThrownBy(() -> Detour.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("listener");
    }

    private static void commitInTransaction(EmbeddedKafka broker, String value) throws Exception {
        Map<String, Object> config =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "embedded-kafka-test");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(Topics.DEFAULT.deadLetters(), "key", value))
                    .get();
            producer.commitTransaction();
        }
    }

    private static List<String> read(EmbeddedKafka broker, int count) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(Topics.DEFAULT.deadLetters(), 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (values.size() < count) {
                consumer.poll(Duration.ofSeconds(30)).forEach(each -> values.add(each.value()));
            }
        }
        return values;
    }
}
