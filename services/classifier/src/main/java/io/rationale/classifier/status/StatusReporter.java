package io.rationale.classifier.status;

import io.rationale.core.audit.CloudEvents;
import io.rationale.core.json.Json;
import io.rationale.core.status.ClassifierStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/**
 * Writes the classifier's status every few seconds, and a tombstone when it stops. A status that cannot be written is
 * forgotten: the next one is truer.
 */
public final class StatusReporter implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StatusReporter.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration GOODBYE = Duration.ofSeconds(2);
    private static final String SOURCE = "/rationale/classifier";
    private static final String TYPE = "io.rationale.classifier.status.v1";

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final String instance;
    private final Supplier<ClassifierStatus> status;
    private final Thread thread;

    /**
     * @param producer belongs to the reporter from now on
     * @param instance name of this classifier
     * @param status   as it is now
     */
    public StatusReporter(
            Producer<byte[], byte[]> producer, String topic, String instance, Supplier<ClassifierStatus> status) {
        this.producer = producer;
        this.topic = topic;
        this.instance = instance;
        this.status = status;
        this.thread = Thread.ofVirtual().name("status-reporter").unstarted(this::run);
    }

    /**
     * A producer that gives up soon.
     *
     * @param kafka plain Kafka client properties, bootstrap servers and security among them
     */
    public static Producer<byte[], byte[]> producer(Map<String, Object> kafka) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("client.id", "classifier-status");
        config.put("max.block.ms", String.valueOf(GOODBYE.toMillis()));
        config.put("request.timeout.ms", String.valueOf(INTERVAL.toMillis()));
        config.put("delivery.timeout.ms", String.valueOf(2 * INTERVAL.toMillis()));
        config.put("linger.ms", "0");
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                report();
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever fails in it: silence would look like a classifier that is gone. */
    private void report() {
        try {
            write(Json.bytes(status.get()));
        } catch (RuntimeException e) {
            LOG.warnf(e, "The status could not be told and is tried again");
        }
    }

    private void write(byte[] value) {
        ProducerRecord<byte[], byte[]> each =
                new ProducerRecord<>(topic, instance.getBytes(StandardCharsets.UTF_8), value);
        CloudEvents.headers(UUID.randomUUID().toString(), SOURCE, TYPE, instance, Instant.now())
                .forEach((name, text) -> each.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(each, (where, failure) -> {
                if (failure != null) {
                    LOG.debugf("The status was not written error=%s", failure.toString());
                }
            });
        } catch (KafkaException e) {
            LOG.debugf("The status was not written error=%s", e.toString());
        }
    }

    /** Says goodbye, if that takes no time. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        write(null);
        producer.close(GOODBYE);
    }
}
