package io.rationale.console.notes;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Reads audit events from their topic, committed ones only. Thread safe. */
public final class AuditReader implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AuditReader.class);
    private static final int MOST_IDLE = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaClients clients;
    private final String topic;
    private final Queue<Consumer<byte[], byte[]>> idle = new ConcurrentLinkedQueue<>();

    public AuditReader(KafkaClients clients, String topic) {
        this.clients = clients;
        this.topic = topic;
    }

    /** The events at those offsets of one partition, in the order given; those that are gone or unreadable are left out. */
    public List<AuditRecord> read(int partition, List<Long> offsets) {
        Consumer<byte[], byte[]> pooled = idle.poll();
        Consumer<byte[], byte[]> reader = pooled != null ? pooled : clients.reader("console-audit-reader", 1);
        try {
            List<AuditRecord> found = new ArrayList<>();
            TopicPartition at = new TopicPartition(topic, partition);
            reader.assign(List.of(at));
            offsets.forEach(offset ->
                    at(reader, at, offset).flatMap(AuditReader::decode).ifPresent(found::add));
            release(reader);
            return found;
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static Optional<ConsumerRecord<byte[], byte[]>> at(
            Consumer<byte[], byte[]> reader, TopicPartition partition, long offset) {
        reader.seek(partition, offset);
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (reader.position(partition) <= offset && System.nanoTime() - patience < 0) {
            for (ConsumerRecord<byte[], byte[]> read : reader.poll(POLL)) {
                return Optional.of(read).filter(r -> r.offset() == offset);
            }
        }
        return Optional.empty();
    }

    private void release(Consumer<byte[], byte[]> reader) {
        if (idle.size() < MOST_IDLE) {
            idle.add(reader);
        } else {
            reader.close();
        }
    }

    /**
     * Shows the whole audit up to its present end, with bounded memory: each note's events in their order, events of
     * different notes by time.
     *
     * @param noteIds which notes are shown
     * @param visitor called on this thread
     */
    public void forEach(Predicate<String> noteIds, java.util.function.Consumer<AuditRecord> visitor) {
        try (TopicScan scan = new TopicScan(clients, topic)) {
            scan.forEach(read -> decode(read)
                    .filter(found -> noteIds.test(found.event().noteId()))
                    .ifPresent(visitor));
        }
    }

    private static Optional<AuditRecord> decode(ConsumerRecord<byte[], byte[]> read) {
        try {
            AuditEvent event = read.value() == null ? null : Json.read(read.value(), AuditEvent.class);
            return Optional.ofNullable(event)
                    .map(e -> new AuditRecord(read.partition(), read.offset(), Bytes.of(read.value()), e));
        } catch (UncheckedIOException e) {
            LOG.debugf(
                    "Passed over an unreadable audit record; partition=%d offset=%d", read.partition(), read.offset());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        for (Consumer<byte[], byte[]> reader = idle.poll(); reader != null; reader = idle.poll()) {
            reader.close();
        }
    }
}
