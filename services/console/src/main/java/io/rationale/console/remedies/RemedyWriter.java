package io.rationale.console.remedies;

import io.rationale.console.api.ProblemException;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.audit.CloudEvents;
import io.rationale.core.json.Json;
import io.rationale.core.remedy.Remedy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/** Writes remedies into their topic. Thread safe. */
final class RemedyWriter implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RemedyWriter.class);
    private static final String SOURCE = "/rationale/console";
    private static final String TYPE = "io.rationale.remedy.changed.v1";
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int SECONDS_TO_WAIT = 5;

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    RemedyWriter(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** With a producer of its own. */
    static RemedyWriter connected(KafkaClients clients, String topic) {
        Map<String, Object> settings = Map.of(
                "linger.ms",
                0,
                "max.block.ms",
                TIMEOUT_MILLIS,
                "delivery.timeout.ms",
                TIMEOUT_MILLIS,
                "request.timeout.ms",
                TIMEOUT_MILLIS / 3);
        return new RemedyWriter(clients.producer("console-remedies", settings), topic);
    }

    /**
     * Returns when all in-sync replicas have it.
     *
     * @throws ProblemException 503 when Kafka does not acknowledge it in time, 500 when Kafka refuses it
     */
    void write(Remedy remedy, Instant now) throws InterruptedException {
        try {
            producer.send(recordOf(remedy, now)).get(2L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw refusal(e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw refusal(e);
        }
    }

    private ProducerRecord<byte[], byte[]> recordOf(Remedy remedy, Instant now) {
        byte[] key = remedy.id().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> made = new ProducerRecord<>(topic, key, Json.bytes(remedy));
        CloudEvents.headers(UUID.randomUUID().toString(), SOURCE, TYPE, remedy.id(), now)
                .forEach((name, value) -> made.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return made;
    }

    private static ProblemException refusal(Throwable failure) {
        if (failure instanceof RetriableException || failure instanceof TimeoutException) {
            return ProblemException.of(
                            503,
                            "Kafka did not acknowledge the remedy in time. It may be written all the same: look at the list"
                                    + " before you send it again.")
                    .retryAfter(SECONDS_TO_WAIT);
        }
        LOG.error("Kafka refuses a remedy", failure);
        return ProblemException.of(500, "Kafka refuses the remedy, and the console's log says why.");
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
