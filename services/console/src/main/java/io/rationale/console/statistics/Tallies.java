package io.rationale.console.statistics;

import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.Map;

/**
 * The bare counts of a query.
 *
 * @param taxonomy   the version
 * @param decided    notes with a label
 * @param undecided  notes that R1 could not decide
 * @param unjudged   notes that are known and not yet judged under the version
 * @param categories notes by label, and by inner node of the tree with everything below it; none with 0
 */
public record Tallies(TaxonomyRef taxonomy, long decided, long undecided, long unjudged, Map<String, Long> categories) {
    public Tallies {
        categories = Map.copyOf(categories);
    }

    /** Notes of that label or inner node. */
    public long count(String category) {
        return categories.getOrDefault(category, 0L);
    }
}
