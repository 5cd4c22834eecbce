package io.rationale.classifier.publish;

import io.rationale.classifier.ClassifierConfig;
import io.rationale.classifier.metrics.LoopMetrics;
import io.rationale.classifier.work.InFlightLimit;
import io.rationale.core.redaction.Redactor;
import io.rationale.core.topic.Topics;
import io.rationale.topics.NativeCompression;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts a publisher together. */
public final class AuditPublishers {
    /** Room for several exchanges, which hold the same long prompt: alone in a batch, each would be compressed alone. */
    private static final String BATCH_BYTES = String.valueOf(256 * 1024);

    private static final String MAX_REQUEST_BYTES = String.valueOf(16 * 1024 * 1024);
    /**
     * A transaction is opened only when results exist, and is short. What a dead member left open hides everything after
     * it from readers, and its partitions from their next owner, for so long.
     */
    private static final String TRANSACTION_TIMEOUT_MILLIS = "15000";

    private AuditPublishers() {}

    /**
     * @param kafka    plain Kafka client properties, bootstrap servers and security among them
     * @param instance belongs to the publisher from now on
     * @param redactor takes personal data out of dead letters
     */
    public static AuditPublisher create(
            ClassifierConfig config,
            Map<String, Object> kafka,
            InstanceId instance,
            Redactor redactor,
            InFlightLimit inFlight,
            LoopMetrics metrics) {
        String transactionalId = config.topicPrefix() + "classifier-" + instance.value();
        return create(config, kafka, transactionalId, false, redactor, inFlight, metrics, instance::close);
    }

    /**
     * For notes that are judged again.
     *
     * @param instance name of this classifier
     * @param redactor takes personal data out of dead letters
     */
    public static AuditPublisher reclassifying(
            ClassifierConfig config,
            Map<String, Object> kafka,
            String instance,
            Redactor redactor,
            InFlightLimit inFlight,
            LoopMetrics metrics) {
        String transactionalId = config.topicPrefix() + "reclassifier-" + instance;
        return create(config, kafka, transactionalId, true, redactor, inFlight, metrics, () -> {});
    }

    private static AuditPublisher create(
            ClassifierConfig config,
            Map<String, Object> kafka,
            String transactionalId,
            boolean isReclassifying,
            Redactor redactor,
            InFlightLimit inFlight,
            LoopMetrics metrics,
            Runnable onClosed) {
        NativeCompression.load();
        AuditTransaction transaction = new AuditTransaction(
                () -> new KafkaProducer<>(
                        producer(transactionalId, kafka), new ByteArraySerializer(), new ByteArraySerializer()),
                Admin.create(kafka),
                new AuditRecords(new Topics(config.topicPrefix()), isReclassifying, redactor));
        return new AuditPublisher(
                transaction, inFlight, metrics, config.publish().linger(), onClosed);
    }

    /** What the loop rests on is set; the rest is only where {@code kafka.*} says nothing else. */
    public static Map<String, Object> producer(String transactionalId, Map<String, Object> kafka) {
        Map<String, Object> producer = new HashMap<>(kafka);
        producer.put("transactional.id", transactionalId);
        producer.put("enable.idempotence", "true");
        producer.put("acks", "all");
        producer.putIfAbsent("compression.type", "lz4");
        producer.putIfAbsent("batch.size", BATCH_BYTES);
        producer.putIfAbsent("linger.ms", "5");
        producer.putIfAbsent("max.request.size", MAX_REQUEST_BYTES);
        producer.putIfAbsent("transaction.timeout.ms", TRANSACTION_TIMEOUT_MILLIS);
        return producer;
    }
}
