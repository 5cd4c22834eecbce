package io.rationale.classifier.r1.conformance;

import io.rationale.core.r1.ModelOutcome;
import io.rationale.simulator.fault.Fault;
import io.rationale.simulator.profile.ServerProfile;
import java.util.List;

/**
 * What a client has to make of a fault.
 *
 * @param status   HTTP status that the reply shows, 0 where no response came
 * @param outcome  how the call ended
 * @param handling what becomes of its notes when the fault is over with the first call
 */
record Expected(int status, Class<? extends ModelOutcome> outcome, Handling handling) {

    /** What becomes of a batch of {@value Notes#COUNT}, by the numbers of notes that are asked about, one a request. */
    enum Handling {
        /** The answer is good for all. */
        ACCEPTED(4),
        /** The answer is good for all but one, which is asked again alone. */
        ALL_BUT_ONE(4, 1),
        /** It says nothing about the notes: the same request is sent again. */
        SENT_AGAIN(4, 4),
        /** The notes may be the reason: never the same request, but halves of it. */
        HALVED(4, 2, 2);

        private final List<Integer> asked;

        Handling(Integer... asked) {
            this.asked = List.of(asked);
        }

        List<Integer> asked() {
            return asked;
        }
    }

    /** The table. Where the way of asking or the server makes a difference, a comment says why. */
    static Expected of(Case each) {
        return switch (each.fault()) {
            case CONNECTION_REFUSED -> again(0, ModelOutcome.Unreachable.class);
            case HTTP_400 -> new Expected(400, ModelOutcome.Refused.class, Handling.HALVED);
            // A wrong key or name is the operator's to mend: the notes wait.
            case HTTP_401, HTTP_404 -> again(status(each), ModelOutcome.Refused.class);
            case HTTP_402, HTTP_429, HTTP_500, HTTP_503 -> again(status(each), ModelOutcome.Overloaded.class);
            case HANG -> silent(each, 0);
            case RESET -> again(200, ModelOutcome.Unreachable.class);
            case STALL -> silent(each, 200);
            case ERROR_IN_STREAM -> again(200, ModelOutcome.ErrorInStream.class);
            case DRIP, SPLIT_UTF8, KEEP_ALIVE_LINES, MISSING_DONE -> accepted(ModelOutcome.Complete.class);
            case LOOP -> halved(ModelOutcome.Loop.class);
            case TRUNCATED_IN_THOUGHT -> halved(ModelOutcome.TruncatedInThought.class);
            case STOPPED_IN_THOUGHT -> halved(stoppedInThought(each.profile()));
            case ABORTED -> again(200, ModelOutcome.Aborted.class);
            case TRUNCATED_IN_ANSWER -> halved(ModelOutcome.TruncatedInAnswer.class);
            case EMPTY_THOUGHT -> accepted(ModelOutcome.EmptyThought.class);
            case MIXED_LANGUAGE, REPEATED_ID, UNKNOWN_ID, OTHER_CASE, BAD_ESCAPES ->
                accepted(ModelOutcome.Complete.class);
            case TRAILING_COMMAS, INJECTED_VERDICT, FENCES -> accepted(ModelOutcome.Complete.class);
            case MISSING_ID, CONTRADICTING_LABELS ->
                new Expected(200, ModelOutcome.Complete.class, Handling.ALL_BUT_ONE);
        };
    }

    /**
     * A whole body shows no words before its end: silence cannot be told from a long thought, of which the notes may be
     * the reason.
     */
    private static Expected silent(Case each, int status) {
        return new Expected(
                status, ModelOutcome.TimedOut.class, each.streamed() ? Handling.SENT_AGAIN : Handling.HALVED);
    }

    /** Without a parser and without a tag nothing tells a thought that ended by itself from an answer. */
    private static Class<? extends ModelOutcome> stoppedInThought(ServerProfile profile) {
        return profile == ServerProfile.VLLM_RAW
                ? ModelOutcome.EmptyThought.class
                : ModelOutcome.StoppedInThought.class;
    }

    private static int status(Case each) {
        return each.fault().status().orElseThrow();
    }

    private static Expected accepted(Class<? extends ModelOutcome> outcome) {
        return new Expected(200, outcome, Handling.ACCEPTED);
    }

    private static Expected halved(Class<? extends ModelOutcome> outcome) {
        return new Expected(200, outcome, Handling.HALVED);
    }

    private static Expected again(int status, Class<? extends ModelOutcome> outcome) {
        return new Expected(status, outcome, Handling.SENT_AGAIN);
    }

    /** Whether the body comes to its end, so that another client gets the same one. */
    static boolean bodyEnds(Fault fault) {
        return switch (fault) {
            case CONNECTION_REFUSED, HANG, RESET, STALL, LOOP -> false;
            default -> true;
        };
    }
}
