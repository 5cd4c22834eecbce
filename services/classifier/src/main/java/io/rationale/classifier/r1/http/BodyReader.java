package io.rationale.classifier.r1.http;

/** Looks at a body while it comes; the bytes are kept by the caller. */
interface BodyReader {
    /** Whether words of thought or answer came: comments, blank lines and empty deltas are none. */
    boolean feed(byte[] bytes, int offset, int length);

    /** Whether all that matters was read. */
    default boolean ended() {
        return false;
    }

    /** Whether no more is wanted of this. */
    default boolean hadEnough() {
        return false;
    }

    /** Takes every body as it is. */
    BodyReader ANY = (bytes, offset, length) -> false;
}
