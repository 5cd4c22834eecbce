package io.rationale.classifier.r1.server;

/** The forms of a request, tried in this order while a server refuses them. */
public enum RequestForm {
    /** With the fields of the server's profile, and the wish for usage at the end of a stream. */
    FULL,
    /** Only what every server takes. */
    COMMON,
    /** As OpenAI's own reasoning models want it: {@code max_completion_tokens}, and the sampling left to the server. */
    COMPLETION_TOKENS
}
