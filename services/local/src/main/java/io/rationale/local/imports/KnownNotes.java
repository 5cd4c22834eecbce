package io.rationale.local.imports;

import io.rationale.core.json.Bytes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which notes a data directory holds and what became of them, and which dead letters. Built from the topics at start, so
 * that a file that is read again adds nothing. Ids are kept as 64-bit hashes: about 120 bytes a note. Thread safe.
 */
final class KnownNotes {
    private final Map<Long, Known> notes = new HashMap<>();
    private final Set<Long> deadLetters = new HashSet<>();

    /** What became of a note. */
    enum State {
        /** It waits in the notes topic. */
        WAITING,
        /** It has a verdict under the taxonomy that is judged under now. */
        CLASSIFIED,
        /** It was given up under that taxonomy. */
        UNCLASSIFIABLE,
        /** It was decided, but under another taxonomy only. */
        DECIDED_BEFORE
    }

    /**
     * A note.
     *
     * @param textHash of its text
     * @param position of its last record in the notes topic, as decisions name it
     * @param state    what became of that record
     */
    record Known(long textHash, String position, State state) {}

    synchronized Optional<Known> find(String id) {
        return Optional.ofNullable(notes.get(hash(id)));
    }

    /** A record of the notes topic; a later record of the same note stands above it. */
    synchronized void sent(String id, String text, String position) {
        notes.put(hash(id), new Known(hash(text), position, State.WAITING));
    }

    /** A decision about a record of the notes topic. */
    synchronized void decided(String id, String position, State state) {
        notes.computeIfPresent(
                hash(id),
                (key, known) ->
                        known.position().equals(position) ? new Known(known.textHash(), position, state) : known);
    }

    /** Remembers a dead letter. @return whether it is new */
    synchronized boolean addDeadLetter(String key) {
        return deadLetters.add(hash(key));
    }

    /** Whether that is the note's text. */
    static boolean hasText(Known known, String text) {
        return known.textHash() == hash(text);
    }

    static long hash(String text) {
        return Long.parseUnsignedLong(Bytes.utf8(text).sha256().substring(0, 16), 16);
    }
}
