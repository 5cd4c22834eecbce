package io.rationale.console.statistics;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.statistics.CategoryCount;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;

/**
 * Keeps each note's labels up to date and sends on how the counts change: what the note added before is taken away,
 * what it adds now is added. A record that is no audit event is counted, logged without its text, and passed over.
 */
final class LabelProcessor implements Processor<byte[], byte[], String, CategoryCount> {
    private static final Logger LOG = Logger.getLogger(LabelProcessor.class);

    private final Runnable onUnreadable;
    private ProcessorContext<String, CategoryCount> context;
    private KeyValueStore<String, NoteLabels> noteLabels;
    private KeyValueStore<String, NoteSummary> labelledNotes;

    LabelProcessor(Runnable onUnreadable) {
        this.onUnreadable = onUnreadable;
    }

    @Override
    public void init(ProcessorContext<String, CategoryCount> processorContext) {
        context = processorContext;
        noteLabels = processorContext.getStateStore(StatisticsTopology.NOTE_LABELS);
        labelledNotes = processorContext.getStateStore(StatisticsTopology.LABELLED_NOTES);
    }

    @Override
    public void process(Record<byte[], byte[]> incoming) {
        decode(incoming.value()).ifPresent(event -> apply(event, incoming.timestamp()));
    }

    private Optional<AuditEvent> decode(byte[] value) {
        try {
            AuditEvent event = value == null ? null : Json.read(value, AuditEvent.class);
            return Optional.of(Objects.requireNonNull(event, "no event"));
        } catch (RuntimeException e) {
            onUnreadable.run();
            LOG.warnf(
                    "Skipped an audit record that cannot be read; position=%s fault=%s",
                    context.recordMetadata().map(LabelProcessor::position).orElse("?"),
                    e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private static String position(RecordMetadata at) {
        return at.topic() + "-" + at.partition() + "@" + at.offset();
    }

    private void apply(AuditEvent event, long timestamp) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        String noteId = event.noteId();
        NoteLabels stored = noteLabels.get(noteId);
        NoteLabels before = stored != null ? stored : NoteLabels.unseen(noteId, at.partition());
        NoteLabels after = before.with(event, at.offset());
        noteLabels.put(noteId, after);
        list(before.summaries(), after.summaries());
        count(before.counts(), after.counts(), timestamp);
    }

    private void list(Map<String, NoteSummary> before, Map<String, NoteSummary> after) {
        before.keySet().stream().filter(key -> !after.containsKey(key)).forEach(labelledNotes::delete);
        after.forEach((key, summary) -> {
            if (!summary.equals(before.get(key))) {
                labelledNotes.put(key, summary);
            }
        });
    }

    private void count(Map<CountKey, CategoryCount> before, Map<CountKey, CategoryCount> after, long timestamp) {
        before.forEach((key, count) -> {
            if (!count.equals(after.get(key))) {
                context.forward(new Record<>(key.json(), count.negated(), timestamp));
            }
        });
        after.forEach((key, count) -> {
            if (!count.equals(before.get(key))) {
                context.forward(new Record<>(key.json(), count, timestamp));
            }
        });
    }
}
