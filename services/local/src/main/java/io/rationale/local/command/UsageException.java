package io.rationale.local.command;

/** Something that the user can mend; the message is a sentence that says how. Ends the process with exit code 2. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
