package io.rationale.classifier.work;

import io.opentelemetry.api.trace.Span;
import io.rationale.core.audit.SourcePosition;
import io.rationale.core.deadletter.ResentNote;
import io.rationale.core.json.Bytes;
import io.rationale.core.note.Note;
import java.time.Instant;

/**
 * An accepted note on its way to a decision.
 *
 * @param work      its partition
 * @param offset    its offset there
 * @param timestamp Kafka's
 * @param envelope  the record's key and headers
 * @param original  the record's value, unchanged
 * @param note      what it says
 * @param span      from taking in to the committed decision
 */
public record NoteTask(
        PartitionWork work, long offset, Instant timestamp, Envelope envelope, Bytes original, Note note, Span span) {
    /** Where it stands in Kafka. */
    public SourcePosition position() {
        return new SourcePosition(
                work.partition().topic(),
                work.partition().partition(),
                offset,
                timestamp,
                envelope.header(ResentNote.BY).orElse(null));
    }

    /** Bytes that it holds while it is in flight. */
    public int size() {
        return original.size() + envelope.size();
    }
}
