package io.rationale.console.notes;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.Wordless;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Reads audit events from their topic, committed ones only. Thread safe. */
public final class AuditReader implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AuditReader.class);
    private final KafkaClients clients;
    private final String topic;
    private final RecordPicker picker;
    private final ErasedRecords erased;

    /** @param erased whose words are not shown */
    public AuditReader(KafkaClients clients, String topic, ErasedRecords erased) {
        this.erased = erased;
        this.clients = clients;
        this.topic = topic;
        this.picker = new RecordPicker(clients, topic, "console-audit-reader");
    }

    /**
     * Shows the events at those offsets of one partition; those that are gone or unreadable are left out.
     *
     * @param offsets rising
     * @param visitor called on this thread
     */
    public void read(int partition, LongStream offsets, Consumer<AuditRecord> visitor) {
        picker.forEach(partition, offsets, read -> decode(read).ifPresent(visitor));
    }

    /**
     * Shows the whole audit up to its present end, with bounded memory: each note's events in their order, events of
     * different notes by time.
     *
     * @param noteIds which notes are shown
     * @param visitor called on this thread
     */
    public void forEach(Predicate<String> noteIds, Consumer<AuditRecord> visitor) {
        try (TopicScan scan = new TopicScan(clients, topic)) {
            scan.forEach(read -> decode(read)
                    .filter(found -> noteIds.test(found.event().noteId()))
                    .ifPresent(visitor));
        }
    }

    private Optional<AuditRecord> decode(ConsumerRecord<byte[], byte[]> read) {
        try {
            AuditEvent event = read.value() == null ? null : Json.read(read.value(), AuditEvent.class);
            if (event != null && erased.isToHide(read)) {
                AuditEvent wordless = Wordless.of(event);
                return Optional.of(
                        new AuditRecord(read.partition(), read.offset(), Bytes.of(Json.bytes(wordless)), wordless));
            }
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
        picker.close();
    }
}
