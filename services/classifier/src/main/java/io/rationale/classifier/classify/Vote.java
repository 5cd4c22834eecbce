package io.rationale.classifier.classify;

import io.rationale.classifier.work.ExchangeDraft;
import io.rationale.core.verdict.AnswerReader;
import io.rationale.core.verdict.Checks;
import io.rationale.core.verdict.Provenance;
import io.rationale.core.verdict.Verdict;

/**
 * One sampled judgement of a note.
 *
 * @param judgement  what it says
 * @param exchange   that it comes from
 * @param provenance what made it
 */
record Vote(AnswerReader.Judgement judgement, ExchangeDraft exchange, Provenance provenance) {
    String category() {
        return judgement.answer().category();
    }

    Verdict.Confidence confidence() {
        return judgement.answer().confidence();
    }

    /** Whether one vote is not enough: R1 is unsure, or a check speaks against the answer. */
    boolean isDoubtful() {
        return confidence() == Verdict.Confidence.LOW || !passesChecks();
    }

    /** Another spelling of the label or another script in the thought says nothing against the label. */
    boolean passesChecks() {
        Checks checks = judgement.checks();
        return checks.quoteFound()
                && checks.labelNamed()
                && !checks.salvaged()
                && !checks.truncated()
                && !checks.emptyThought();
    }
}
