package io.rationale.core.statistics;

import java.time.Instant;
import java.util.Map;

/**
 * What was counted to tell a relabelling from a real change. A note counts where it has a label: the latest review, else
 * R1's.
 *
 * @param activatedAt  when notes began to be judged under the new version, or null; then all of the overlap counts as
 *                     before
 * @param before       notes with a label under both versions, seen before the activation
 * @param later        notes with a label under both versions, seen since
 * @param onlyFrom     notes with a label under the old version only
 * @param onlyTo       notes with a label under the new version only
 * @param overlapSince when the first note of {@code before} was seen, or null
 * @param judgedBefore notes with a label under the old version, seen from then on and before the activation
 * @param after        notes seen since the activation, by their label under the new version
 */
public record RelabelledNotes(
        Instant activatedAt,
        LabelPairCounts before,
        LabelPairCounts later,
        long onlyFrom,
        long onlyTo,
        Instant overlapSince,
        long judgedBefore,
        Map<String, Long> after) {
    public RelabelledNotes {
        after = Map.copyOf(after);
    }

    /** Notes with a label under both versions. */
    LabelPairCounts overlap() {
        return before.plus(later);
    }

    /** Notes seen since the activation, with a label under the new version. */
    long notesAfter() {
        return after.values().stream().mapToLong(Long::longValue).sum();
    }
}
