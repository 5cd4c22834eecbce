package io.rationale.core.discovery;

import io.rationale.core.statistics.Share;
import io.rationale.core.statistics.WilsonInterval;
import java.util.Collection;

/**
 * Shares of all notes, estimated from a weighted sample. The interval is Wilson's with the effective sample size of Kish
 * (Survey Sampling, 1965: the square of the sum of weights over the sum of their squares), so that unequal weights widen
 * it. A folded note counts as the notes that were drawn of it.
 */
final class WeightedShares {
    private final double total;
    private final double effective;

    /** @param notes those that have a label */
    WeightedShares(Collection<SampledNote> notes) {
        double squares = 0;
        double sum = 0;
        for (SampledNote note : notes) {
            sum += note.weight();
            squares += note.weight() * note.weight() / note.multiplicity();
        }
        this.total = sum;
        this.effective = squares == 0 ? 0 : sum * sum / squares;
    }

    /** Effective sample size. */
    double effective() {
        return effective;
    }

    /** Share of these among all. */
    Share of(Collection<SampledNote> notes) {
        if (total == 0) {
            return Share.of(0, 0);
        }
        double share =
                Math.min(1, notes.stream().mapToDouble(SampledNote::weight).sum() / total);
        return new Share(share, WilsonInterval.ofShare(share, effective));
    }
}
