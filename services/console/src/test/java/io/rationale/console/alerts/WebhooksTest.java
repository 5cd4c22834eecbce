package io.rationale.console.alerts;

import static io.rationale.console.alerts.WebhookTest.ALERT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.alert.Alert;
import io.rationale.core.json.Json;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts on their way from a real broker to real receivers. */
class WebhooksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    @Test
    @SuppressWarnings("try") // senders work by being there
    void shouldTellEachReceiverEachAlertInOrderThroughTroubles() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0);
                Receiver good = new Receiver();
                Receiver shaky = new Receiver();
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            kafka.createTopics(Topics.DEFAULT.specs(1));
            KafkaClients clients = new KafkaClients(Map.of("bootstrap.servers", kafka.bootstrapServers()));
            List<Webhook> hooks = List.of(
                    new Webhook("good", good.url(), WebhookFormat.JSON, Optional.empty()),
                    new Webhook("shaky", shaky.url(), WebhookFormat.JSON, Optional.empty()));
            Alert cleared = ALERT.cleared(ALERT.at().plusSeconds(60), "It is over.");

            // given: an alert of two hours ago, which nobody needs to hear of any more
            long longAgo = System.currentTimeMillis() - Duration.ofHours(2).toMillis();
            producer.send(new ProducerRecord<>("rationale.alerts", 0, longAgo, null, Json.bytes(ALERT)))
                    .get();

            // given: one receiver does not take the first alert at once; a record that is no alert stands between
            shaky.answers.addAll(List.of(503, 429));
            try (Webhooks running = start(hooks, clients)) {
                // when
                for (byte[] value : List.of(Json.bytes(ALERT), "no alert".getBytes(), Json.bytes(cleared))) {
                    producer.send(new ProducerRecord<>("rationale.alerts", value))
                            .get();
                }

                // then
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(states(shaky))
                        .containsExactly("raised", "raised", "raised", "cleared"));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(states(good)).containsExactly("raised", "cleared"));
            }

            // when: a restart, and another alert
            try (Webhooks running = start(hooks, clients)) {
                producer.send(new ProducerRecord<>("rationale.alerts", Json.bytes(ALERT)))
                        .get();

                // then
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(states(good)).containsExactly("raised", "cleared", "raised"));
            }
        }
    }

    private static Webhooks start(List<Webhook> hooks, KafkaClients clients) {
        return Webhooks.start(hooks, clients, "rationale.alerts", "console", Duration.ofHours(1));
    }

    private static List<String> states(Receiver receiver) {
        return receiver.got.stream()
                .map(got -> Json.tree(got.body().getBytes(StandardCharsets.UTF_8))
                        .path("state")
                        .textValue())
                .toList();
    }
}
