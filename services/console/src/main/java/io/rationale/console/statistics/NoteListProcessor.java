package io.rationale.console.statistics;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the lists of notes up to date. A record that is no audit event is passed over. */
final class NoteListProcessor implements Processor<byte[], byte[], Void, Void> {
    private ProcessorContext<Void, Void> context;
    private KeyValueStore<String, NoteLabels> notes;
    private KeyValueStore<String, NoteSummary> labelledNotes;

    @Override
    public void init(ProcessorContext<Void, Void> processorContext) {
        context = processorContext;
        notes = processorContext.getStateStore(StatisticsTopology.LISTED_NOTES);
        labelledNotes = processorContext.getStateStore(StatisticsTopology.LABELLED_NOTES);
    }

    @Override
    public void process(Record<byte[], byte[]> incoming) {
        decode(incoming.value()).ifPresent(this::apply);
    }

    private static Optional<AuditEvent> decode(byte[] value) {
        try {
            return Optional.ofNullable(value == null ? null : Json.read(value, AuditEvent.class));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private void apply(AuditEvent event) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        String noteId = event.noteId();
        NoteLabels stored = notes.get(noteId);
        NoteLabels before = stored != null ? stored : NoteLabels.unseen(noteId, at.partition());
        NoteLabels after = before.with(event, at.offset());
        notes.put(noteId, after);
        list(before.summaries(), after.summaries());
    }

    private void list(Map<String, NoteSummary> before, Map<String, NoteSummary> after) {
        before.keySet().stream().filter(key -> !after.containsKey(key)).forEach(labelledNotes::delete);
        after.forEach((key, summary) -> {
            if (!summary.equals(before.get(key))) {
                labelledNotes.put(key, summary);
            }
        });
    }
}
