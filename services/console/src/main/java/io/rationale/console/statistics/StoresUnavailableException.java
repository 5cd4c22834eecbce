package io.rationale.console.statistics;

/** The Streams stores cannot be asked now: they start, restore or move. Trying again a second later is right. */
public final class StoresUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoresUnavailableException(String message) {
        super(message);
    }

    public StoresUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
