package io.rationale.topics;

import io.rationale.core.audit.CloudEvents;
import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.Taxonomy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What a version of a taxonomy looks like in Kafka. */
public final class TaxonomyRecords {
    private static final String TYPE = "io.rationale.taxonomy.changed.v1";

    private TaxonomyRecords() {}

    /**
     * The record that says how that version is from now on.
     *
     * @param source URI reference of the service that writes it
     */
    public static ProducerRecord<byte[], byte[]> of(String topic, Taxonomy taxonomy, String source, Instant now) {
        return of(topic, taxonomy, source, now, null);
    }

    /**
     * The same with who changed it.
     *
     * @param by null where that is not told
     */
    public static ProducerRecord<byte[], byte[]> of(
            String topic, Taxonomy taxonomy, String source, Instant now, String by) {
        String key = taxonomy.ref().toString();
        ProducerRecord<byte[], byte[]> made =
                new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), Json.bytes(taxonomy));
        Map<String, String> headers = CloudEvents.headers(UUID.randomUUID().toString(), source, TYPE, key, now);
        if (by != null) {
            headers.put(CloudEvents.BY, by);
        }
        headers.forEach((name, value) -> made.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return made;
    }
}
