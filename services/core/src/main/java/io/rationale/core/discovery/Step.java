package io.rationale.core.discovery;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.note.Note;
import io.rationale.core.r1.Prompt;
import java.util.List;
import java.util.Locale;

/**
 * A call that a discovery wants made.
 *
 * @param number from 1, in the order in which they were planned
 * @param kind   what it asks
 * @param run    the shuffle that it belongs to, from 1; 0 for those that belong to all
 * @param prompt what to ask
 * @param schema of the answer, for servers that can hold a model to it; null for none
 * @param notes  that it asks about
 */
public record Step(int number, Kind kind, int run, Prompt prompt, JsonNode schema, List<Note> notes) {
    /** What a call asks. */
    public enum Kind {
        /** Which problems recur in a piece. */
        NAME,
        /** Which of them are the same. */
        MERGE,
        /** Which category each note belongs to. */
        ASSIGN;

        /** In JSON and in reports. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Step {
        notes = List.copyOf(notes);
    }
}
