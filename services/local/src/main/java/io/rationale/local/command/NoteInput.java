package io.rationale.local.command;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file of notes.
 *
 * @param name as messages name it
 * @param open opens it
 */
record NoteInput(String name, Opener open) {
    /** Opens a file. */
    @FunctionalInterface
    interface Opener {
        InputStream open() throws IOException;
    }
}
