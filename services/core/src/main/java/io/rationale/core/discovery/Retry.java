package io.rationale.core.discovery;

import io.rationale.core.r1.ModelOutcome;

/** What to do about an answer that cannot be used. */
final class Retry {
    /** Calls that ask the same. */
    static final int ATTEMPTS = 3;

    private Retry() {}

    /** Whether less at a time may pass where the same would fail again. */
    static boolean wantsLess(ModelOutcome outcome) {
        return switch (outcome) {
            case ModelOutcome.ContextExceeded exceeded -> true;
            case ModelOutcome.TruncatedInThought truncated -> true;
            case ModelOutcome.TruncatedInAnswer truncated -> true;
            case ModelOutcome.Loop loop -> true;
            case ModelOutcome.TimedOut timedOut -> true;
            default -> false;
        };
    }

    /** In a few words. */
    static String reason(ModelOutcome outcome) {
        boolean answered = outcome instanceof ModelOutcome.Complete || outcome instanceof ModelOutcome.EmptyThought;
        return answered ? "no answer that could be used" : outcome.name();
    }
}
