package io.rationale.classifier.publish;

import io.rationale.classifier.ClassifierConfig;
import io.rationale.classifier.metrics.LoopMetrics;
import io.rationale.classifier.work.InFlightLimit;
import io.rationale.core.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts a publisher together. */
public final class AuditPublishers {
    private static final String MAX_REQUEST_BYTES = String.valueOf(16 * 1024 * 1024);

    private AuditPublishers() {}

    /** @param kafka plain Kafka client properties, bootstrap servers and security among them */
    public static AuditPublisher create(
            ClassifierConfig config, Map<String, Object> kafka, InFlightLimit inFlight, LoopMetrics metrics) {
        AuditTransaction transaction = new AuditTransaction(
                () -> new KafkaProducer<>(
                        producer(config, kafka), new ByteArraySerializer(), new ByteArraySerializer()),
                Admin.create(kafka),
                new AuditRecords(new Topics(config.topicPrefix())));
        return new AuditPublisher(
                transaction, inFlight, metrics, config.publish().linger());
    }

    private static Map<String, Object> producer(ClassifierConfig config, Map<String, Object> kafka) {
        Map<String, Object> producer = new HashMap<>(kafka);
        producer.put(
                "transactional.id",
                config.topicPrefix() + "classifier-" + config.classifier().instanceId());
        producer.put("enable.idempotence", "true");
        producer.put("acks", "all");
        producer.put("compression.type", "lz4");
        producer.put("linger.ms", "5");
        producer.put("max.request.size", MAX_REQUEST_BYTES);
        producer.put("transaction.timeout.ms", "60000");
        return producer;
    }
}
