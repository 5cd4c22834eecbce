package io.rationale.core.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Takes so many of weighted notes that sums of weights stay unbiased for whatever part of the notes: priority sampling
 * (Duffield, Lund and Thorup, "Priority sampling for estimation of arbitrary subset sums", Journal of the ACM 54(6),
 * 2007). Heavy notes, which stand for many, are kept for certain.
 */
final class PrioritySample {
    private PrioritySample() {}

    private record Prior(SampledNote note, double priority) {}

    /** At most {@code most} of the notes, with their new weights, in the order in which they were given. */
    static List<SampledNote> of(List<SampledNote> notes, int most, long seed) {
        if (notes.size() <= most) {
            return notes;
        }
        List<Prior> byPriority = new ArrayList<>(notes.stream()
                .map(note -> new Prior(
                        note, note.weight() / Draws.unit(~seed, note.note().id())))
                .toList());
        byPriority.sort(Comparator.comparingDouble(Prior::priority).reversed());
        double threshold = byPriority.get(most).priority();
        return notes.stream()
                .filter(note -> note.weight() / Draws.unit(~seed, note.note().id()) > threshold)
                .map(note -> new SampledNote(note.note(), Math.max(note.weight(), threshold), note.multiplicity()))
                .toList();
    }
}
