package io.rationale.core.deadletter;

/** Headers of a note that is sent again out of the dead letters. */
public final class ResentNote {
    /** Where its dead letter stands: {@code partition:offset}. */
    public static final String FROM = "rationale-resent-from";

    /**
     * The id that a note which brings none had when it was taken in first. A note without an id is named after its place
     * in the topic, which is another one now.
     */
    public static final String NOTE_ID = "rationale-note-id";

    /** Who sent it again, where the console asks for names. */
    public static final String BY = "rationale-resent-by";

    private ResentNote() {}
}
