package io.rationale.core.verdict;

/**
 * A part of a text.
 *
 * @param start offset of its first character, in Unicode code points
 * @param end   offset after its last one
 */
public record TextSpan(int start, int end) {
    public TextSpan {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("offsets " + start + ".." + end + " are no range");
        }
    }
}
