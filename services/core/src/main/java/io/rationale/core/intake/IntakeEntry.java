package io.rationale.core.intake;

import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.json.Bytes;
import io.rationale.core.note.Note;

/** What became of one record of a file; every record but blank lines becomes exactly one entry, in file order. */
public sealed interface IntakeEntry {
    /**
     * A note.
     *
     * @param note     the note, with its id given or derived
     * @param idGiven  whether the file names the id
     * @param original the record's bytes as they stand in the file, without the last line end
     * @param line     the line where it begins, from 1
     */
    record Accepted(Note note, boolean idGiven, Bytes original, long line) implements IntakeEntry {}

    /** No note: original bytes, file, line and reason are in the dead letter. */
    record Rejected(DeadLetter deadLetter) implements IntakeEntry {}
}
