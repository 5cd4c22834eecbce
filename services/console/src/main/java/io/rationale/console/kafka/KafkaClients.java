package io.rationale.console.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes Kafka clients from the service's connection settings. Thread safe; what it makes belongs to the caller. */
public final class KafkaClients {
    private static final int FETCH_BYTES = 4 * 1024 * 1024;

    private final Map<String, Object> connection;

    /** @param connection bootstrap servers, security and whatever else is configured for all clients */
    public KafkaClients(Map<String, Object> connection) {
        this.connection = Map.copyOf(connection);
    }

    /**
     * A consumer that belongs to no group, sees only committed records and never creates a topic; the caller assigns
     * partitions and seeks.
     *
     * @param maxPollRecords most records of one poll, which bounds memory together with the fetch size
     */
    public Consumer<byte[], byte[]> reader(String clientId, int maxPollRecords) {
        return reader(clientId, maxPollRecords, FETCH_BYTES);
    }

    /** The same with another bound on what is fetched at once: little, when records are picked out here and there. */
    public Consumer<byte[], byte[]> reader(String clientId, int maxPollRecords, int fetchBytes) {
        Map<String, Object> config = new HashMap<>(connection);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetchBytes);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetchBytes);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** An administration client. */
    public Admin admin() {
        return Admin.create(new HashMap<>(connection));
    }
}
