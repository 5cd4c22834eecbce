package io.rationale.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.testcontainers.R1SimulatorContainer;
import io.rationale.testcontainers.RationaleContainer;
import io.rationale.testcontainers.Verdict;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Network;

/** How a team tests that its RAG application reports errors: the kit in a few lines, over HTTP and over Kafka. */
@NeedsImages({"local", "r1-simulator"})
class RagApplicationIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Network NETWORK = Network.newNetwork();
    private static final R1SimulatorContainer R1 =
            new R1SimulatorContainer().withNetwork(NETWORK).withSeed(7);
    private static final RationaleContainer RATIONALE =
            new RationaleContainer().withNetwork(NETWORK).withR1(R1).withConfiguration("rationale.votes.max", "1");

    @BeforeAll
    static void start() {
        RATIONALE.start();
    }

    @AfterAll
    static void stop() {
        RATIONALE.stop();
        R1.stop();
        NETWORK.close();
    }

    /** The application under test: it answers questions, and reports what its own check finds wrong. */
    record RagApplication(String reportTo) {
        ObjectNode report(String question, String answer, String complaint) {
            return JSON.createObjectNode()
                    .put("text", complaint)
                    .put("source", "rag-application")
                    .put("question", question)
                    .put("answer", answer);
        }
    }

    @Test
    void shouldReportAnErrorOverHttp() {
        // given
        RagApplication application = new RagApplication(RATIONALE.url());

        // when
        String id = RATIONALE.send(application.report(
                "Which dose?", "See [7].", "The citation [7] points to a document that does not exist."));

        // then
        Verdict verdict = RATIONALE.awaitVerdict(id, PATIENCE);
        assertThat(verdict.category()).contains("reference-error");
        assertThat(verdict.quotes()).allSatisfy(quote -> assertThat(quote).isNotBlank());
        assertThat(verdict.reasoning()).contains("reference-error");
        assertThat(verdict.model()).isEqualTo("lexical-stand-in");
        // and it counts, a moment after it can be read
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(RATIONALE.counts()).containsKey("reference-error"));
    }

    @Test
    void shouldReportAnErrorOverKafka() throws Exception {
        // given
        RagApplication application = new RagApplication(RATIONALE.bootstrapServers());
        ObjectNode report = application.report(
                "Opening hours?", "Heute geschlossen.", "The answer is in the wrong format: plain text, no table.");

        // when
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", application.reportTo()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(
                            RATIONALE.notesTopic(), report.put("id", "case-1").toString()))
                    .get();
        }

        // then
        assertThat(RATIONALE.awaitVerdict("case-1", PATIENCE).category()).isPresent();
        assertThat(R1.stats().path("requests").asLong()).isPositive();
    }

    @Test
    void shouldDecideInTheEndWhileR1Fails() {
        // given
        R1.setFaults(Map.of("reset", 0.5));

        // when
        String id = RATIONALE.send("Nothing was found although the document is there.");

        // then
        assertThat(RATIONALE.awaitVerdict(id, PATIENCE).category()).isPresent();
        R1.setFaults(Map.of());
    }
}
