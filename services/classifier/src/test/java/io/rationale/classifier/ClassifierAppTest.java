package io.rationale.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.Exchange;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.status.ClassifierStatus;
import io.rationale.core.topic.Topics;
import io.rationale.core.verdict.ExchangePointer;
import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole service against the simulator. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(AppResource.class)
class ClassifierAppTest {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = AppResource.R1_PORT)
    int r1Port;

    @TestHTTPResource("/q/health/")
    URI health;

    @Test
    void shouldWaitForR1SayWhyAndGoOnWhenItComes() throws Exception {
        // given: notes, and no R1
        try (KafkaFixture kafka = new KafkaFixture(bootstrapServers, Topics.DEFAULT)) {
            List<String> texts = KafkaFixture.texts("The answer cites a source that does not exist, case ", 60);
            kafka.send(texts);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                HttpResponse<String> ready = get("ready");
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).contains("\"reason\"").containsIgnoringCase("connection refused");
            });
            assertThat(get("live").statusCode()).isEqualTo(200);
            assertThat(get("live").body()).contains("classifier-loop");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(status(kafka).outage().reason()).containsIgnoringCase("connection refused"));
            assertThat(kafka.audit()).isEmpty();
            assertThat(kafka.read(Topics.DEFAULT.deadLetters())).isEmpty();

            // when
            try (R1Simulator simulator =
                    R1Simulator.start(SimulatorOptions.DEFAULT.withPort(r1Port).withSpeedUp(1e6))) {
                // then
                await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> kafka.requireEachOnce(texts));
                assertThat(simulator.stats().notes()).isEqualTo(texts.size());
                assertThat(get("ready").statusCode()).isEqualTo(200);
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                    ClassifierStatus status = status(kafka);
                    assertThat(status.outage()).isNull();
                    assertThat(status.lag()).isZero();
                    assertThat(status.endpoints()).singleElement().satisfies(endpoint -> assertThat(endpoint.state())
                            .isEqualTo(ClassifierStatus.State.UP));
                });
            }
            Map<String, ConsumerRecord<byte[], byte[]>> exchanges = kafka.read(Topics.DEFAULT.exchanges()).stream()
                    .collect(Collectors.toMap(each -> each.partition() + "@" + each.offset(), Function.identity()));
            for (AuditEvent event : kafka.audit()) {
                requireExchange((AuditEvent.Classified) event, exchanges);
            }
        }
    }

    /** The newest. */
    private static ClassifierStatus status(KafkaFixture kafka) {
        return Json.read(kafka.read(Topics.DEFAULT.status()).getLast().value(), ClassifierStatus.class);
    }

    private static void requireExchange(
            AuditEvent.Classified event, Map<String, ConsumerRecord<byte[], byte[]>> exchanges) throws IOException {
        ExchangePointer pointer = event.verdict().reasoning().exchange();
        byte[] stored =
                exchanges.get(pointer.partition() + "@" + pointer.offset()).value();
        assertThat(Bytes.of(stored).sha256()).isEqualTo(pointer.sha256());
        Exchange exchange = Json.mapper().readValue(stored, Exchange.class);
        assertThat(exchange.reasoning()).contains(event.verdict().reasoning().text());
        assertThat(exchange.response()).contains("lexical-stand-in");
        assertThat(event.verdict().provenance().model()).isEqualTo("lexical-stand-in");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(health.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
