package io.rationale.core.note;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * Why something is not an acceptable note.
 *
 * @param reason  the kind of fault
 * @param field   the field at fault, or null where there is none
 * @param message a sentence for the sender; never repeats the note's text
 */
public record NoteRejection(Reason reason, String field, String message) {
    public NoteRejection {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
    }

    /** The kinds of fault, as they stand in dead letters. */
    public enum Reason {
        WRONG_ENCODING("wrong-encoding"),
        NOT_JSON("not-json"),
        NOT_A_NOTE("not-a-note"),
        UNBALANCED_QUOTES("unbalanced-quotes"),
        WRONG_COLUMNS("wrong-columns"),
        BLANK_TEXT("blank-text"),
        TOO_LONG("too-long"),
        DUPLICATE_ID("duplicate-id"),
        PERSONAL_DATA("personal-data");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** The name in dead letters and messages. */
        @JsonValue
        public String code() {
            return code;
        }
    }
}
