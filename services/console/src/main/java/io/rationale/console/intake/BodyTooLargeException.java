package io.rationale.console.intake;

import java.io.IOException;

/** A body goes beyond the limit. */
final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long limit) {
        super("The body is larger than " + limit
                + " bytes: send it in parts, or raise rationale.intake.max-body-bytes.");
    }
}
