package io.rationale.console.discovery;

import io.rationale.console.api.ProblemException;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.audit.CloudEvents;
import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.discovery.DiscoveryRequest;
import io.rationale.core.json.Json;
import io.rationale.core.redaction.Redactor;
import io.rationale.core.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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

/** Writes what the console has to say about discoveries. Thread safe. */
final class DiscoveryWriter implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DiscoveryWriter.class);
    private static final String SOURCE = "/rationale/console";
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int SECONDS_TO_WAIT = 5;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final Topics topics;
    private final Redactor redactor;
    private final Producer<byte[], byte[]> producer;

    /** @param redactor takes out what a note of earlier days still holds */
    DiscoveryWriter(KafkaClients clients, Topics topics, Redactor redactor) {
        this.clients = clients;
        this.topics = topics;
        this.redactor = redactor;
        this.producer = clients.producer("console-discoveries", settings());
    }

    private static Map<String, Object> settings() {
        return Map.of(
                "linger.ms",
                0,
                "max.block.ms",
                TIMEOUT_MILLIS,
                "delivery.timeout.ms",
                TIMEOUT_MILLIS,
                "request.timeout.ms",
                TIMEOUT_MILLIS / 3);
    }

    /**
     * Returns when Kafka has it.
     *
     * @throws ProblemException 503 when Kafka does not acknowledge it in time, 500 when Kafka refuses it
     */
    void tell(DiscoveryEvent event) throws InterruptedException {
        send(record(event));
    }

    /** The same without waiting; what cannot be written is forgotten, the next one is truer. */
    void tellSoon(DiscoveryEvent event) {
        try {
            producer.send(record(event));
        } catch (KafkaException e) {
            LOG.debugf("A discovery's progress was not written error=%s", e.toString());
        }
    }

    /** Asks for the end of a run. @param by who wants it */
    void cancel(String id, String by, Instant now) throws InterruptedException {
        ProducerRecord<byte[], byte[]> request = record(DiscoveryRequest.cancel(id, now));
        request.headers().add(CloudEvents.BY, by.getBytes(StandardCharsets.UTF_8));
        send(request);
    }

    /**
     * Asks for a run and says that it waits, both or neither: nobody is told of a run that was never asked for, and what
     * the classifier says of it comes later.
     */
    void start(DiscoveryRequest request, DiscoveryEvent waiting) {
        Map<String, Object> settings = new HashMap<>(settings());
        settings.put("transactional.id", topics.discoveryRequests() + "-" + request.id());
        settings.put("transaction.timeout.ms", TIMEOUT_MILLIS);
        Producer<byte[], byte[]> once = clients.producer("console-discovery-request", settings);
        try {
            once.initTransactions();
            once.beginTransaction();
            once.send(record(request));
            once.send(record(waiting));
            once.commitTransaction();
        } finally {
            once.close(CLOSING);
        }
    }

    private void send(ProducerRecord<byte[], byte[]> made) throws InterruptedException {
        try {
            producer.send(made).get(2L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw refusal(e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw refusal(e);
        }
    }

    private ProducerRecord<byte[], byte[]> record(DiscoveryRequest request) {
        return record(
                topics.discoveryRequests(),
                request.id(),
                Json.bytes(request.without(redactor)),
                "io.rationale.discovery.requested.v1",
                request.at());
    }

    private ProducerRecord<byte[], byte[]> record(DiscoveryEvent event) {
        return record(topics.discoveries(), event.id(), Json.bytes(event), "io.rationale.discovery.v1", event.at());
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, String id, byte[] value, String type, Instant at) {
        ProducerRecord<byte[], byte[]> made = new ProducerRecord<>(topic, id.getBytes(StandardCharsets.UTF_8), value);
        CloudEvents.headers(UUID.randomUUID().toString(), SOURCE, type, id, at)
                .forEach((name, text) -> made.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return made;
    }

    private static ProblemException refusal(Throwable failure) {
        if (failure instanceof RetriableException || failure instanceof TimeoutException) {
            return ProblemException.of(503, "Kafka did not acknowledge it in time. It may be written all the same.")
                    .retryAfter(SECONDS_TO_WAIT);
        }
        LOG.error("Kafka refuses what is said of a discovery", failure);
        return ProblemException.of(500, "Kafka refuses it, and the console's log says why.");
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }
}
