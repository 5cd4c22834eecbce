package io.rationale.local.node;

import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.topic.Topics;
import io.rationale.topics.TaxonomyFeed;
import io.rationale.topics.TaxonomyRecords;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The versions of taxonomies that a data directory holds, through its broker. */
public final class TaxonomyTopic {
    private static final String SOURCE = "/rationale/local";

    private final Map<String, Object> kafka;
    private final String topic;

    public TaxonomyTopic(String bootstrapServers) {
        this.kafka = Map.of("bootstrap.servers", bootstrapServers);
        this.topic = Topics.DEFAULT.taxonomies();
    }

    /** What it holds now, by {@code id@version}. */
    public Map<String, Taxonomy> read() throws IOException {
        try (TaxonomyFeed feed = new TaxonomyFeed(kafka, "local-taxonomies", topic, published -> {})) {
            feed.start();
            feed.awaitLoaded();
            return feed.published();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** That version is as it is said here from now on. */
    public void write(Taxonomy taxonomy, Instant now) throws IOException {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(TaxonomyRecords.of(topic, taxonomy, SOURCE, now)).get();
        } catch (ExecutionException e) {
            throw new IOException("the taxonomy could not be written to Kafka", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted", cause);
    }
}
