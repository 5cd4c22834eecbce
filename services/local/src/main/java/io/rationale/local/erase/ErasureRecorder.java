package io.rationale.local.erase;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.CloudEvents;
import io.rationale.core.json.Json;
import io.rationale.core.seal.ChainEvent;
import io.rationale.core.topic.Topics;
import io.rationale.local.verify.log.RecordLogs;
import io.rationale.local.verify.log.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes down in the audit and in its chain what an erasure will do, before it does it. What stands there already stays one. */
final class ErasureRecorder {
    private static final String SOURCE = "rationale-erase";

    private final Map<String, Object> kafka;
    private final RecordLogs logs;
    private final Topics topics;

    /** @param kafka plain client properties */
    ErasureRecorder(Map<String, Object> kafka, RecordLogs logs, Topics topics) {
        this.kafka = new HashMap<>(kafka);
        this.logs = logs;
        this.topics = topics;
    }

    /** Returns when all of it is written. */
    void record(ErasurePlan plan) throws InterruptedException {
        Set<String> events = new HashSet<>();
        each(topics.audit(), stored -> {
            if (stored.header("ce_type")
                    .filter(type -> type.contains(".erased."))
                    .isPresent()) {
                events.add(stored.header("ce_id").orElse(""));
            }
        });
        Set<String> notices = new HashSet<>();
        each(topics.auditChain(), stored -> {
            if (stored.header("ce_id").filter(id -> id.startsWith(plan.id())).isPresent()) {
                notices.add(stored.header("ce_id").orElseThrow());
            }
        });
        List<Future<?>> sent = new ArrayList<>();
        try (Producer<byte[], byte[]> producer = producer()) {
            for (ChainEvent.Erased each : plan.notices()) {
                if (!notices.contains(id(each))) {
                    sent.add(producer.send(record(each)));
                }
            }
            for (ErasurePlan.Event each : plan.events()) {
                if (!events.contains(each.event().eventId())) {
                    sent.add(producer.send(record(each)));
                }
            }
            producer.flush();
            for (Future<?> each : sent) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("the erasure could not be recorded", e.getCause());
        }
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("client.id", SOURCE);
        config.put("acks", "all");
        config.put("enable.idempotence", "true");
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static String id(ChainEvent.Erased notice) {
        return notice.erasure() + "/" + notice.key() + "/" + notice.offset();
    }

    private ProducerRecord<byte[], byte[]> record(ChainEvent.Erased notice) {
        int partition = notice.partition() % logs.partitions(topics.auditChain());
        ProducerRecord<byte[], byte[]> made = new ProducerRecord<>(
                topics.auditChain(), partition, notice.key().getBytes(StandardCharsets.UTF_8), Json.bytes(notice));
        add(made, CloudEvents.headers(id(notice), SOURCE, notice.cloudEventType(), notice.key(), notice.at()));
        return made;
    }

    private ProducerRecord<byte[], byte[]> record(ErasurePlan.Event each) {
        AuditEvent.Erased event = each.event();
        ProducerRecord<byte[], byte[]> made = new ProducerRecord<>(
                topics.audit(), each.partition(), event.noteId().getBytes(StandardCharsets.UTF_8), Json.bytes(event));
        add(made, CloudEvents.headers(event.eventId(), SOURCE, event.cloudEventType(), event.noteId(), event.at()));
        return made;
    }

    private static void add(ProducerRecord<byte[], byte[]> made, Map<String, String> headers) {
        headers.forEach((name, value) -> made.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    }

    private void each(String topic, Consumer<StoredRecord> visitor) {
        for (int partition = 0; partition < logs.partitions(topic); partition++) {
            try (RecordLogs.Cursor cursor =
                    logs.read(topic, partition, logs.extent(topic, partition).first())) {
                for (Optional<StoredRecord> each = cursor.next(); each.isPresent(); each = cursor.next()) {
                    visitor.accept(each.get());
                }
            }
        }
    }
}
