package io.rationale.local.reclassification;

import io.rationale.core.json.Json;
import io.rationale.core.reclassification.ReclassificationRequest;
import io.rationale.core.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Has a reclassification pause by way of its topic: when a process is stopped, its services close at once, and the broker
 * last. Whoever starts next reads it first.
 */
public final class PauseLetter {
    private static final int TIMEOUT_MILLIS = 5_000;

    private PauseLetter() {}

    /** Returns when it is written, or after some seconds. */
    public static void write(String bootstrapServers, Topics topics, String id, String by) {
        ReclassificationRequest pause =
                ReclassificationRequest.change(id, ReclassificationRequest.Action.PAUSE, by, Instant.now());
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "max.block.ms",
                        TIMEOUT_MILLIS,
                        "request.timeout.ms",
                        TIMEOUT_MILLIS,
                        "delivery.timeout.ms",
                        TIMEOUT_MILLIS,
                        "linger.ms",
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try {
            producer.send(new ProducerRecord<>(
                    topics.reclassificationRequests(), id.getBytes(StandardCharsets.UTF_8), Json.bytes(pause)));
        } finally {
            producer.close(Duration.ofMillis(TIMEOUT_MILLIS));
        }
    }
}
