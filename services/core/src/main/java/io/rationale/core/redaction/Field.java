package io.rationale.core.redaction;

/**
 * A text of a note.
 *
 * @param label what it is called there, or null where that says nothing
 * @param text  or null
 */
record Field(String label, String text) {
    static Field of(String text) {
        return new Field(null, text);
    }
}
