package io.rationale.console.search;

import io.rationale.core.verdict.Verdict;

/**
 * How much a person should look at a verdict: the sum of three signs, each from 0 to 1, so that any one of them brings a
 * note to the front and several bring it further.
 *
 * <ul>
 *   <li>The share of the votes that went to other categories: 1 - agreement.
 *   <li>How sure R1 said it is: high 0, medium 1/4, unstated 1/2, low 1.
 *   <li>Checks that failed: one 1/2, more 1.
 * </ul>
 *
 * <p>A note that R1 could not decide comes before all others; where only a person gave a label, there is no verdict to
 * doubt. The weights are a convention, not probabilities.
 */
final class Doubt {
    /** More than any verdict has. */
    static final long UNDECIDED = 4_000_000;

    private static final int ONE = 1_000_000;

    private Doubt() {}

    /** In millionths. */
    static long of(NoteLabel label) {
        if (label.verdict() == null) {
            return label.review() == null ? UNDECIDED : 0;
        }
        int votes = ONE - NoteDocuments.millionths(label.agreement());
        int checks = Math.min(ONE, label.failed().size() * (ONE / 2));
        return (long) votes + unsure(label.confidence()) + checks;
    }

    private static int unsure(Verdict.Confidence confidence) {
        return switch (confidence) {
            case HIGH -> 0;
            case MEDIUM -> ONE / 4;
            case UNSTATED -> ONE / 2;
            case LOW -> ONE;
        };
    }
}
