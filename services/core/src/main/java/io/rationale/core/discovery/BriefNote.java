package io.rationale.core.discovery;

import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import io.rationale.core.prompt.PromptJson;
import java.util.List;
import java.util.Map;

/** A note with the beginnings of its texts, so that a sample has a bound. What is quoted from it stands in the whole. */
final class BriefNote {
    private static final int TEXT = 4_000;
    private static final int FIELD = 1_000;
    private static final int CONTEXT = 500;
    private static final int CONTEXTS = 3;

    private BriefNote() {}

    static Note of(Note note) {
        return new Note(
                note.id(),
                beginning(note.text(), TEXT),
                note.source(),
                note.observedAt(),
                beginning(note.question(), FIELD),
                beginning(note.answer(), FIELD),
                beginning(note.expected(), FIELD),
                contexts(note),
                Map.of(),
                null);
    }

    /** What it takes, about. */
    static long bytes(Note note) {
        return (long) Character.BYTES * length(note);
    }

    private static int length(Note note) {
        int length = note.id().length() + note.source().length();
        length += note.text().length() + lengthOf(note.question());
        length += lengthOf(note.answer()) + lengthOf(note.expected());
        return length
                + note.contexts().stream().mapToInt(c -> c.text().length()).sum();
    }

    private static int lengthOf(String text) {
        return text == null ? 0 : text.length();
    }

    private static List<Context> contexts(Note note) {
        return note.contexts().stream()
                .limit(CONTEXTS)
                .map(context ->
                        new Context(context.id(), context.rank(), context.score(), beginning(context.text(), CONTEXT)))
                .toList();
    }

    /** White space at the beginning of a text must not be all that is left of it. */
    private static String beginning(String text, int max) {
        if (text == null || text.length() <= max) {
            return text;
        }
        return PromptJson.beginning(text.strip(), max);
    }
}
