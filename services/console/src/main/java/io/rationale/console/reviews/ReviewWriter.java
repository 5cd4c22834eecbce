package io.rationale.console.reviews;

import io.rationale.console.api.ProblemException;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.search.Position;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.CloudEvents;
import io.rationale.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/** Writes reviews into the audit, beside the other decisions about their notes. Thread safe. */
final class ReviewWriter implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReviewWriter.class);
    private static final String SOURCE = "/rationale/console";
    private static final int SECONDS_TO_WAIT = 5;
    private static final long BUFFER_BYTES = 4L * 1024 * 1024;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final Duration timeout;

    /**
     * @param topic   the audit
     * @param timeout longest wait for the acknowledgement, 1 second or more
     */
    ReviewWriter(Producer<byte[], byte[]> producer, String topic, Duration timeout) {
        this.producer = producer;
        this.topic = topic;
        this.timeout = timeout;
    }

    /** With a producer of its own. */
    static ReviewWriter connected(KafkaClients clients, String topic, Duration timeout) {
        return new ReviewWriter(clients.producer("console-reviews", settings(timeout)), topic, timeout);
    }

    private static Map<String, Object> settings(Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        Map<String, Object> settings = new HashMap<>();
        settings.put("linger.ms", 0);
        settings.put("buffer.memory", BUFFER_BYTES);
        settings.put("max.block.ms", millis);
        settings.put("delivery.timeout.ms", millis);
        settings.put("request.timeout.ms", millis / 3);
        return settings;
    }

    /**
     * Answers when all in-sync replicas have it.
     *
     * @return where it stands
     * @throws ProblemException 503 when Kafka does not acknowledge it in time, 500 when Kafka refuses it
     */
    Position write(AuditEvent.Reviewed event) throws InterruptedException {
        try {
            RecordMetadata at = producer.send(recordOf(event)).get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Position(at.partition(), at.offset());
        } catch (ExecutionException e) {
            throw refusal(e.getCause());
        } catch (TimeoutException e) {
            throw refusal(e);
        } catch (org.apache.kafka.common.KafkaException e) {
            throw refusal(e);
        }
    }

    private ProducerRecord<byte[], byte[]> recordOf(AuditEvent.Reviewed event) {
        byte[] key = event.noteId().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> made = new ProducerRecord<>(topic, key, Json.bytes(event));
        Map<String, String> headers =
                CloudEvents.headers(event.eventId(), SOURCE, event.cloudEventType(), event.noteId(), event.at());
        headers.put(CloudEvents.TAXONOMY, event.taxonomy().toString());
        headers.forEach((name, value) -> made.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return made;
    }

    private static ProblemException refusal(Throwable failure) {
        if (failure instanceof RetriableException || failure instanceof TimeoutException) {
            return ProblemException.of(
                            503,
                            "Kafka did not acknowledge the review in time. It may be written all the same: sent again, it"
                                    + " stands there twice and counts once.")
                    .retryAfter(SECONDS_TO_WAIT);
        }
        LOG.error("Kafka refuses a review", failure);
        return ProblemException.of(500, "Kafka refuses the review, and the console's log says why.");
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
