package io.rationale.classifier.work;

import io.rationale.core.audit.SourcePosition;
import io.rationale.core.json.Bytes;
import io.rationale.core.note.Note;
import io.rationale.core.prompt.PromptBuilder;
import java.time.Instant;

/**
 * An accepted note on its way to a decision.
 *
 * @param work      its partition
 * @param offset    its offset there
 * @param timestamp Kafka's
 * @param key       the record's key, or null
 * @param original  the record's value, unchanged
 * @param note      what it says
 */
public record NoteTask(PartitionWork work, long offset, Instant timestamp, String key, Bytes original, Note note) {
    /** Where it stands in Kafka. */
    public SourcePosition position() {
        return new SourcePosition(work.partition().topic(), work.partition().partition(), offset, timestamp);
    }

    /** Estimated tokens that it adds to a prompt. */
    public int tokens() {
        return PromptBuilder.tokensOf(note);
    }
}
