package io.rationale.simulator.command;

/** An option that the user can mend; the message is a sentence that says how. */
public final class UnusableOptionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableOptionException(String message) {
        super(message);
    }
}
