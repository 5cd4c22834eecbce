package io.rationale.console.notes;

import io.rationale.console.kafka.CompactedTopicReader;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.seal.ChainEvent;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Which records were erased, as the notices in the audit's chain say: a cluster may keep their words until its files are
 * rewritten, and nobody is to be shown them any more. Memory grows with the notices. Thread safe.
 */
public final class ErasedRecords implements AutoCloseable {
    private final Set<String> places = ConcurrentHashMap.newKeySet();
    private final CompactedTopicReader reader;

    /** @param chain the topic with the notices */
    public ErasedRecords(KafkaClients clients, String chain) {
        this.reader = new CompactedTopicReader(clients, chain, "erased-records", new Notices());
    }

    /** Begins to read. */
    public void start() {
        reader.start();
    }

    /** Whether its words must not be shown; false of a record that has none any more. */
    boolean isToHide(ConsumerRecord<byte[], byte[]> record) {
        return !places.isEmpty()
                && record.headers().lastHeader(AuditEvent.Erased.HEADER) == null
                && places.contains(place(record.topic(), record.partition(), record.offset()));
    }

    private static String place(String topic, int partition, long offset) {
        return topic + "-" + partition + "@" + offset;
    }

    @Override
    public void close() {
        reader.close();
    }

    private final class Notices implements CompactedTopicReader.Sink {
        @Override
        public void clear() {
            places.clear();
        }

        @Override
        public void apply(Iterable<ConsumerRecord<byte[], byte[]>> records) {
            records.forEach(this::take);
        }

        private void take(ConsumerRecord<byte[], byte[]> record) {
            Header type = record.headers().lastHeader("ce_type");
            boolean isNotice = type != null && new String(type.value(), StandardCharsets.UTF_8).contains(".erased.");
            if (!isNotice || record.value() == null) {
                return;
            }
            try {
                ChainEvent notice = Json.read(record.value(), ChainEvent.class);
                if (notice instanceof ChainEvent.Erased erased) {
                    places.add(place(erased.topic(), erased.partition(), erased.offset()));
                }
            } catch (RuntimeException e) {
                // Not one of ours: 'rationale verify' tells of it.
            }
        }
    }
}
