package io.rationale.console.kafka;

import io.rationale.topics.GrouplessConsumer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka clients from the service's connection settings. Thread safe; what it makes belongs to the caller. */
public final class KafkaClients {
    private static final int FETCH_BYTES = 4 * 1024 * 1024;

    private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

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
        return reader(reading(clientId, maxPollRecords), FETCH_BYTES);
    }

    /**
     * The same for records that are picked out here and there: little is fetched at once, and no fetch ahead waits at the
     * broker for what is yet to be written, because the next jump would wait for it.
     */
    public Consumer<byte[], byte[]> picker(String clientId, int maxPollRecords, int fetchBytes) {
        Map<String, Object> config = reading(clientId, maxPollRecords);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1);
        return reader(config, fetchBytes);
    }

    /**
     * The same for somebody who waits for an answer: questions to the broker fail after that time.
     *
     * @param maxPollRecords most records of one poll
     */
    public Consumer<byte[], byte[]> impatient(String clientId, int maxPollRecords, Duration patience) {
        Map<String, Object> config = reading(clientId, maxPollRecords);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1);
        return reader(config, FETCH_BYTES);
    }

    private static Consumer<byte[], byte[]> reader(Map<String, Object> config, int fetchBytes) {
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetchBytes);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetchBytes);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return new GrouplessConsumer(config);
    }

    /**
     * A consumer of a group, which sees only committed records, begins at the beginning and never creates a topic; the
     * caller subscribes and commits.
     *
     * @param maxPollRecords most records of one poll
     */
    public Consumer<byte[], byte[]> member(String group, int maxPollRecords) {
        Map<String, Object> config = reading(group, maxPollRecords);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.putIfAbsent(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> reading(String clientId, int maxPollRecords) {
        Map<String, Object> config = new HashMap<>(connection);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        return config;
    }

    /**
     * A producer whose records are acknowledged by all in-sync replicas and stand in their partition once and in order.
     *
     * @param settings what else it needs; these stand above what is configured for all clients
     */
    public Producer<byte[], byte[]> producer(String clientId, Map<String, Object> settings) {
        Map<String, Object> config = new HashMap<>(connection);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        config.putAll(settings);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** An administration client. */
    public Admin admin() {
        return Admin.create(new HashMap<>(connection));
    }
}
