package io.rationale.console.reclassification;

import io.rationale.console.api.ProblemException;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.audit.CloudEvents;
import io.rationale.core.json.Json;
import io.rationale.core.reclassification.ReclassificationRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Writes requests for reclassifications. Thread safe. */
final class RequestWriter implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RequestWriter.class);
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final String SOURCE = "/rationale/console";
    private static final String TYPE = "io.rationale.reclassification.requested.v1";

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    private RequestWriter(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    static RequestWriter connected(KafkaClients clients, String topic) {
        Map<String, Object> settings = Map.of(
                "linger.ms",
                0,
                "max.block.ms",
                TIMEOUT_MILLIS,
                "delivery.timeout.ms",
                TIMEOUT_MILLIS,
                "request.timeout.ms",
                TIMEOUT_MILLIS / 3);
        return new RequestWriter(clients.producer("console-reclassification-requests", settings), topic);
    }

    /**
     * Returns when all in-sync replicas have it.
     *
     * @throws ProblemException 503 when Kafka does not acknowledge it in time
     */
    void write(ReclassificationRequest request) throws InterruptedException {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, request.id().getBytes(StandardCharsets.UTF_8), Json.bytes(request));
        CloudEvents.headers(UUID.randomUUID().toString(), SOURCE, TYPE, request.id(), request.at())
                .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(record).get(2L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.warnf("A request for a reclassification was not acknowledged error=%s", e.toString());
            throw ProblemException.of(
                            503,
                            "Kafka did not acknowledge the request in time. It may be written all the same: look at the"
                                    + " list before you send it again.")
                    .retryAfter(5);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
