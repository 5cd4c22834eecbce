package io.rationale.local.verify;

import io.rationale.core.audit.SourcePosition;
import io.rationale.core.deadletter.ResentNote;
import io.rationale.core.json.Bytes;
import io.rationale.core.note.Note;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.note.NoteIds;
import io.rationale.local.verify.log.RecordLogs;
import io.rationale.local.verify.log.StoredRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Holds judged notes against what the notes topic holds, as long as it does. Used by one thread. */
final class NoteCheck {
    private static final long BYTES = 4L * 1024 * 1024;
    private static final NoteDecoder DECODER = new NoteDecoder(Integer.MAX_VALUE, Integer.MAX_VALUE);
    /** Of a note that names none, as the classifier has it. */
    private static final String DEFAULT_SOURCE = "kafka";

    private final RecordLogs logs;
    private final Erasures erasures;
    private final Findings findings;
    private final RecordShelf<StoredRecord> notes;
    private final Map<String, RecordLogs.Extent> extents = new HashMap<>();

    NoteCheck(RecordLogs logs, Erasures erasures, Findings findings) {
        this.logs = logs;
        this.erasures = erasures;
        this.findings = findings;
        this.notes = new RecordShelf<>(logs, BYTES, stored -> stored);
    }

    /** @param topic where the event stands, with partition and offset */
    void check(Note judged, SourcePosition position, String topic, int partition, long offset) {
        RecordLogs.Extent held = extents.computeIfAbsent(
                position.topic() + "-" + position.partition(),
                any -> logs.extent(position.topic(), position.partition()));
        if (position.offset() < held.first() || position.offset() >= held.end()) {
            // Notes are kept for days.
            findings.leaveOut(Check.NOTE);
            return;
        }
        Optional<StoredRecord> sent = notes.at(position.topic(), position.partition(), position.offset());
        boolean isErased = erasures.of(position.topic(), position.partition(), position.offset())
                .isPresent();
        if (isErased) {
            findings.leaveOut(Check.NOTE);
        } else if (sent.isPresent() && isSame(judged, sent.get(), position)) {
            findings.holds(Check.NOTE);
        } else {
            findings.broken(
                    Check.NOTE,
                    topic,
                    partition,
                    offset,
                    "The note judged is not the one that stands at " + position.topic() + "-" + position.partition()
                            + " offset " + position.offset() + ".");
        }
    }

    private static boolean isSame(Note judged, StoredRecord sent, SourcePosition position) {
        String id = sent.header(ResentNote.NOTE_ID)
                .filter(given -> !given.isEmpty())
                .orElseGet(() -> NoteIds.inTopic(position.topic(), position.partition(), position.offset()));
        return DECODER.decode(Bytes.of(sent.value()), id, DEFAULT_SOURCE)
                        instanceof NoteDecoder.Result.Accepted accepted
                && position.timestamp().toEpochMilli() == sent.timestamp()
                && NoteTexts.isSame(judged, accepted.note());
    }
}
