package io.rationale.topics;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer without a group, which ends at once: it has no group to leave and no offsets to commit. Kafka's own end takes
 * leave of the broker behind a fetch that still waits for records: half a second for each reader of a service that stops.
 */
public final class GrouplessConsumer extends KafkaConsumer<byte[], byte[]> {
    /** @param config all that a consumer needs but deserializers and group */
    public GrouplessConsumer(Map<String, Object> config) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        close(CloseOptions.timeout(Duration.ZERO));
    }
}
