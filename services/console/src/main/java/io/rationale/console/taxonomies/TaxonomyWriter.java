package io.rationale.console.taxonomies;

import io.rationale.console.api.ProblemException;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.topics.TaxonomyRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/** Writes versions into the taxonomies topic. Thread safe. */
final class TaxonomyWriter implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TaxonomyWriter.class);
    private static final String SOURCE = "/rationale/console";
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int SECONDS_TO_WAIT = 5;

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    TaxonomyWriter(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** With a producer of its own. */
    static TaxonomyWriter connected(KafkaClients clients, String topic) {
        Map<String, Object> settings = Map.of(
                "linger.ms",
                0,
                "max.block.ms",
                TIMEOUT_MILLIS,
                "delivery.timeout.ms",
                TIMEOUT_MILLIS,
                "request.timeout.ms",
                TIMEOUT_MILLIS / 3);
        return new TaxonomyWriter(clients.producer("console-taxonomies", settings), topic);
    }

    /**
     * Returns when all in-sync replicas have it.
     *
     * @throws ProblemException 503 when Kafka does not acknowledge it in time, 500 when Kafka refuses it
     */
    void write(Taxonomy taxonomy, Instant now) throws InterruptedException {
        try {
            producer.send(TaxonomyRecords.of(topic, taxonomy, SOURCE, now))
                    .get(2L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw refusal(e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw refusal(e);
        }
    }

    private static ProblemException refusal(Throwable failure) {
        if (failure instanceof RetriableException || failure instanceof TimeoutException) {
            return ProblemException.of(
                            503,
                            "Kafka did not acknowledge the taxonomy in time. It may be written all the same: look at it"
                                    + " before you send it again.")
                    .retryAfter(SECONDS_TO_WAIT);
        }
        LOG.error("Kafka refuses a taxonomy", failure);
        return ProblemException.of(500, "Kafka refuses the taxonomy, and the console's log says why.");
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
