package io.rationale.simulator.reasoner;

import io.rationale.simulator.prompt.ListedNote;
import java.util.List;
import java.util.Optional;

/**
 * What the reasoner makes of one note.
 *
 * @param best      where the note belongs
 * @param runnerUp  the next one, which may have scored nothing; empty only where one category is listed
 * @param evidence  one or two exact substrings of the note's text, the deciding one first; empty for an empty text
 * @param hints     what the RAG report suggested for the best category
 * @param addressed whether the note gives orders to whoever judges it
 */
record Judgement(
        ListedNote note,
        Candidate best,
        Optional<Candidate> runnerUp,
        List<String> evidence,
        List<TraceHint> hints,
        boolean addressed) {
    private static final double WITHIN_REACH = 0.7;

    Judgement {
        evidence = List.copyOf(evidence);
        hints = List.copyOf(hints);
    }

    Confidence confidence() {
        return Confidence.of(best.score(), runnerUp.map(Candidate::score).orElse(0.0));
    }

    /** The runner-up where it comes close to the best. */
    Optional<Candidate> secondary() {
        return runnerUp.filter(second -> second.score() > 0 && second.score() >= WITHIN_REACH * best.score());
    }
}
