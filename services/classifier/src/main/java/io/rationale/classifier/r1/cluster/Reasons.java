package io.rationale.classifier.r1.cluster;

import io.rationale.core.r1.ModelOutcome;

/** Why R1 did not answer, for people. */
public final class Reasons {
    private Reasons() {}

    /** A sentence's worth. */
    public static String of(ModelOutcome outcome) {
        return switch (outcome) {
            case ModelOutcome.Unreachable unreachable -> unreachable.message();
            case ModelOutcome.Overloaded overloaded -> "HTTP " + overloaded.status() + ": " + overloaded.message();
            case ModelOutcome.Refused refused -> "HTTP " + refused.status() + ": " + refused.message();
            case ModelOutcome.ErrorInStream error -> error.message();
            case ModelOutcome.TimedOut timedOut ->
                switch (timedOut.timer()) {
                    case FIRST_PAYLOAD -> "no words within the time for the first";
                    case IDLE -> "no further words for too long";
                    case TOTAL -> "no end of the answer within its time";
                };
            default -> outcome.name();
        };
    }
}
