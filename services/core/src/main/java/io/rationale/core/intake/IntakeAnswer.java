package io.rationale.core.intake;

import java.util.List;
import java.util.Objects;

/**
 * What became of the records of one request. The counts are exact; the lists may be cut.
 *
 * @param accepted notes that are taken
 * @param rejected records that are no notes
 * @param notes    the first of the notes
 * @param errors   the first of the others
 */
public record IntakeAnswer(long accepted, long rejected, List<Taken> notes, List<Fault> errors) {
    public IntakeAnswer {
        notes = notes == null ? List.of() : List.copyOf(notes);
        errors = errors == null ? List.of() : List.copyOf(errors);
    }

    /**
     * A note that was taken.
     *
     * @param record which record of the body it is, from 1
     * @param line   the line where it begins, from 1
     * @param id     given or made
     */
    public record Taken(int record, long line, String id) {
        public Taken {
            Objects.requireNonNull(id, "id");
        }
    }

    /**
     * A record that is no note.
     *
     * @param record  which record of the body it is, from 1
     * @param line    the line where it begins, from 1
     * @param field   the field at fault, or null
     * @param reason  kind of fault, as in dead letters
     * @param message a sentence that says what to mend
     */
    public record Fault(int record, long line, String field, String reason, String message) {
        public Fault {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
        }
    }
}
