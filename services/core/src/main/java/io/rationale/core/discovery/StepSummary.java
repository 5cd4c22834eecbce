package io.rationale.core.discovery;

import java.util.Objects;

/**
 * A call that was made.
 *
 * @param number     of the step
 * @param kind       what it asked
 * @param run        the shuffle that it belongs to, from 1; 0 for those that belong to all
 * @param notes      how many notes it asked about
 * @param exchangeId of the request and the raw answer with its chain of thought
 * @param outcome    how the call ended
 * @param result     what came of it, in a few words
 * @param partition  of the exchanges topic that holds the exchange, or null where that is not known
 * @param offset     there, or null
 */
public record StepSummary(
        int number,
        Step.Kind kind,
        int run,
        int notes,
        String exchangeId,
        String outcome,
        String result,
        Integer partition,
        Long offset) {
    public StepSummary {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(exchangeId, "exchangeId");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(result, "result");
    }

    /** A call whose exchange is not written yet. */
    public StepSummary(
            int number, Step.Kind kind, int run, int notes, String exchangeId, String outcome, String result) {
        this(number, kind, run, notes, exchangeId, outcome, result, null, null);
    }

    /** The same with the place of its exchange. */
    public StepSummary at(int writtenTo, long at) {
        return new StepSummary(number, kind, run, notes, exchangeId, outcome, result, writtenTo, at);
    }
}
