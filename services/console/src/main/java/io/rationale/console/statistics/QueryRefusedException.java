package io.rationale.console.statistics;

/** A question that the counts cannot answer. The message is a sentence that says what to ask instead. */
public final class QueryRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public QueryRefusedException(String message) {
        super(message);
    }
}
