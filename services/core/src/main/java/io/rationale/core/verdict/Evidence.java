package io.rationale.core.verdict;

import java.util.Objects;

/**
 * A verbatim quote that was found in the note.
 *
 * @param field where it stands: {@code text}, {@code question}, {@code answer}, {@code expected} or {@code
 *              contexts[i]} (i from 0)
 * @param quote exactly as it stands there
 * @param start offset of its first character in that field, in Unicode code points
 * @param end   offset after its last one
 */
public record Evidence(String field, String quote, int start, int end) {
    public Evidence {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(quote, "quote");
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("offsets " + start + ".." + end + " are no range");
        }
    }
}
