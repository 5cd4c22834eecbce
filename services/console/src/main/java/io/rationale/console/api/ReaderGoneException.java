package io.rationale.console.api;

import java.io.IOException;

/** Whoever reads an answer takes no more of it. */
final class ReaderGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReaderGoneException(IOException cause) {
        super("The reader of the answer has gone.", cause);
    }
}
