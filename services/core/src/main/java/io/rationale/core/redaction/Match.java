package io.rationale.core.redaction;

/**
 * Personal data in a text.
 *
 * @param start in the text
 * @param end   after it
 * @param kind  code of the kind, as it is counted
 * @param rank  which of two kinds counts where both say as much; the lower one
 * @param value what tells it from others of its kind, however it is written
 */
record Match(int start, int end, String kind, int rank, String value) {
    int length() {
        return end - start;
    }
}
