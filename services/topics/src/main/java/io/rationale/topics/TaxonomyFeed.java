package io.rationale.topics;

import io.rationale.core.taxonomy.Taxonomy;
import java.util.Map;

/** Follows the taxonomies topic. While it cannot be read, the configured taxonomy counts. Thread safe. */
public final class TaxonomyFeed extends TopicFeed<Taxonomy> {
    /**
     * @param kafka    plain Kafka client properties, bootstrap servers and security among them
     * @param clientId of its consumer, also the name of its thread
     */
    public TaxonomyFeed(Map<String, Object> kafka, String clientId, String topic, Listener<Taxonomy> listener) {
        super(kafka, clientId, topic, Taxonomy.class, listener);
    }
}
