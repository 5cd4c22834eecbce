package io.rationale.console.api;

/**
 * A refusal in the form of RFC 9457.
 *
 * @param type   always {@code about:blank}: the status says the kind
 * @param title  the status in words
 * @param status of HTTP
 * @param detail a sentence that says what to change
 */
public record Problem(String type, String title, int status, String detail) {
    /** The media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail);
    }
}
