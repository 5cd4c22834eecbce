package io.rationale.core.r1;

import io.rationale.core.r1.ThinkTags.Parts;
import java.util.Locale;

/** The one place that says what a generation that came to an end is worth. */
final class Outcomes {
    private Outcomes() {}

    /** How a generation ended by what the server says of it. */
    enum Ending {
        /** The model ended it. */
        STOPPED,
        /** The token limit did. */
        CUT,
        /** The server gave it up, for whatever reason. */
        GIVEN_UP,
        /** The server did, because the model repeats itself. */
        LOOPING;

        /** The ending that a finish reason means; one that nobody knows is ordinary, because servers invent some. */
        static Ending of(String finishReason) {
            return switch (finishReason.toLowerCase(Locale.ROOT)) {
                case "length", "max_tokens", "max_length", "model_length" -> CUT;
                case "abort",
                        "aborted",
                        "cancelled",
                        "canceled",
                        "content_filter",
                        "error",
                        "insufficient_system_resource",
                        "timeout" -> GIVEN_UP;
                case "repetition" -> LOOPING;
                default -> STOPPED;
            };
        }
    }

    static ModelOutcome of(Ending ending, Parts parts) {
        boolean answered = !parts.content().isBlank();
        return switch (ending) {
            case GIVEN_UP -> new ModelOutcome.Aborted(parts.reasoning(), parts.content());
            case LOOPING -> new ModelOutcome.Loop(parts.reasoning(), parts.content());
            case CUT ->
                answered
                        ? new ModelOutcome.TruncatedInAnswer(parts.reasoning(), parts.content())
                        : new ModelOutcome.TruncatedInThought(parts.reasoning());
            case STOPPED -> answered ? answer(parts) : new ModelOutcome.StoppedInThought(parts.reasoning());
        };
    }

    private static ModelOutcome answer(Parts parts) {
        return parts.reasoning().isBlank()
                ? new ModelOutcome.EmptyThought(parts.content())
                : new ModelOutcome.Complete(parts.reasoning(), parts.content());
    }
}
