package io.rationale.console.access;

/** What comes of asking a request who sends it. */
public sealed interface Admission {
    /** A good token, or nobody is asked. */
    record Admitted(Caller caller) implements Admission {}

    /** No token. */
    record Unnamed() implements Admission {}

    /** A token that is no good. @param reason a sentence without a word of the token */
    record Refused(String reason) implements Admission {}

    /** Nobody can tell now whether the token is good. @param reason a sentence */
    record Undecided(String reason) implements Admission {}
}
