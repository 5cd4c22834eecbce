package io.rationale.console.intake;

import io.rationale.core.json.Bytes;
import io.rationale.core.note.Note;
import java.util.HashMap;
import java.util.Map;

/**
 * The ids that a body gives to its notes: the same id with another text is a mistake, the same note again is one note.
 * Remembers a bounded number; beyond it every note counts as new. Not thread safe.
 */
final class GivenIds {
    private static final int MOST = 100_000;

    private final Map<Long, Long> texts = new HashMap<>();

    /** What a note with a given id is. */
    enum Kind {
        NEW,
        AGAIN,
        OTHER_TEXT
    }

    Kind add(Note note) {
        long id = hash(note.id());
        long text = hash(note.text());
        Long before = texts.get(id);
        if (before == null) {
            if (texts.size() < MOST) {
                texts.put(id, text);
            }
            return Kind.NEW;
        }
        return before == text ? Kind.AGAIN : Kind.OTHER_TEXT;
    }

    private static long hash(String text) {
        return Long.parseUnsignedLong(Bytes.utf8(text).sha256().substring(0, 16), 16);
    }
}
