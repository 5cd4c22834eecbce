package io.rationale.core.intake;

/** A file that as a whole is no input. The message is a sentence for the person who gave it. */
public class UnreadableInputException extends Exception {
    /** @param message names the file, what is wrong and what to do */
    public UnreadableInputException(String message) {
        super(message);
    }
}
