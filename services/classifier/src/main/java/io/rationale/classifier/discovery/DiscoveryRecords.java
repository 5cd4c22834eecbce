package io.rationale.classifier.discovery;

import io.rationale.classifier.publish.Cut;
import io.rationale.core.audit.CloudEvents;
import io.rationale.core.audit.Exchange;
import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.json.Json;
import io.rationale.core.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What runs look like in Kafka. */
final class DiscoveryRecords {
    /** A longer one would be refused, and the run could not go on. */
    private static final int LARGEST = 15 * 1024 * 1024;

    private static final String SOURCE = "/rationale/classifier";

    private final Topics topics;

    DiscoveryRecords(Topics topics) {
        this.topics = topics;
    }

    ProducerRecord<byte[], byte[]> exchange(Exchange exchange) {
        return record(
                topics.exchanges(),
                exchange.id(),
                Json.bytes(Cut.toFit(exchange, LARGEST)),
                CloudEvents.headers(
                        exchange.id(), SOURCE, "io.rationale.r1.exchanged.v1", exchange.id(), exchange.startedAt()));
    }

    ProducerRecord<byte[], byte[]> event(DiscoveryEvent event) {
        return record(
                topics.discoveries(),
                event.id(),
                Json.bytes(event),
                CloudEvents.headers(
                        UUID.randomUUID().toString(), SOURCE, "io.rationale.discovery.v1", event.id(), event.at()));
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, String key, byte[] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> made = new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
        headers.forEach((name, text) -> made.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return made;
    }
}
