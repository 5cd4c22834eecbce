package io.rationale.core.note;

import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;

/**
 * Ids for notes that bring none. A replay derives the same id, so that nothing is judged twice; ids are short hashes
 * because they are read in tables and links.
 */
public final class NoteIds {
    private static final int HASH_DIGITS = 24;

    private NoteIds() {}

    /**
     * Identity of a note in a file: source, content, and which occurrence of that content in the file it is. Two equal
     * rows are two notes; a row inserted above changes nothing.
     *
     * @param note       the note; its id does not count
     * @param occurrence how often this content stood in the file before, from 0
     */
    public static String inFile(Note note, int occurrence) {
        return hash(contentOf(note) + '\n' + occurrence);
    }

    /** Identity of a note that came by Kafka without an id: its position. */
    public static String inTopic(String topic, int partition, long offset) {
        return topic + "-" + partition + "-" + offset;
    }

    /** Everything the note says, source included and id excluded, as one canonical line. */
    public static String contentOf(Note note) {
        return Json.line(note.withId("-"));
    }

    /** A short stable name for any text. */
    public static String hash(String text) {
        return Bytes.utf8(text).sha256().substring(0, HASH_DIGITS);
    }
}
