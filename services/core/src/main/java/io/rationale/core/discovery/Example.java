package io.rationale.core.discovery;

import java.util.Objects;

/**
 * A quote that was found, verbatim, in the note that it is said to stand in.
 *
 * @param noteId the note
 * @param field  where in the note: {@code text}, {@code question}, {@code answer}, {@code expected}, {@code contexts[i]}
 * @param quote  as it stands there
 * @param start  offset of its first character in that field, in Unicode code points
 * @param end    offset after its last one
 */
public record Example(String noteId, String field, String quote, int start, int end) {
    public Example {
        Objects.requireNonNull(noteId, "noteId");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(quote, "quote");
    }
}
