package io.rationale.console.deadletters;

import com.fasterxml.jackson.annotation.JsonValue;
import io.rationale.core.deadletter.DeadLetter;
import java.time.Instant;
import java.util.Locale;

/**
 * A dead letter in short.
 *
 * @param partition  of the dead letters
 * @param offset     there
 * @param at         when it was written
 * @param key        the record's, shortened, or null
 * @param noteId     the note that it is, or null for what is no note
 * @param reason     kind of fault
 * @param cause      a sentence that says what to mend
 * @param field      the field at fault, or null
 * @param excerpt    how the original begins, as text
 * @param bytes      of the original
 * @param cut        whether the letter holds only the first of these
 * @param origin     where it came from
 * @param resendable whether it can be sent again
 * @param state      what is decided about the note
 */
public record LetterSummary(
        int partition,
        long offset,
        Instant at,
        String key,
        String noteId,
        String reason,
        String cause,
        String field,
        String excerpt,
        long bytes,
        boolean cut,
        DeadLetter.Origin origin,
        boolean resendable,
        State state) {
    /** What is decided about the note under the console's version. */
    public enum State {
        /** R1 could not decide it. */
        UNDECIDED,
        /** It has a label. */
        DECIDED,
        /** It is no note, or nothing of it is in the audit. */
        UNKNOWN;

        /** As it stands in answers. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    LetterSummary in(State known) {
        return new LetterSummary(
                partition,
                offset,
                at,
                key,
                noteId,
                reason,
                cause,
                field,
                excerpt,
                bytes,
                cut,
                origin,
                resendable,
                known);
    }
}
