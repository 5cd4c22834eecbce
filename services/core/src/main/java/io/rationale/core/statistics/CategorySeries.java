package io.rationale.core.statistics;

import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts over time.
 *
 * @param taxonomy the version that the labels belong to
 * @param window   as in {@link CategoryTable}
 * @param from     start of the first point; null without any
 * @param to       end of the last point; null without any
 * @param sources  the sources asked for, sorted; empty means all
 * @param step     how much time a point holds
 * @param widened  whether the step is coarser than asked for, because counts of that age are kept no finer
 * @param points   one after the other without a gap
 * @param older    what is counted but has no time any more; null when there is nothing
 * @param activations when versions became the one to judge under, within the series, the first one first
 */
public record CategorySeries(
        TaxonomyRef taxonomy,
        String window,
        Instant from,
        Instant to,
        List<String> sources,
        Span step,
        boolean widened,
        List<Point> points,
        Point older,
        List<Activation> activations) {
    public CategorySeries {
        sources = List.copyOf(sources);
        points = List.copyOf(points);
        activations = activations == null ? List.of() : List.copyOf(activations);
    }

    /**
     * A version became the one to judge under.
     *
     * @param taxonomy the version
     * @param at       when, the last time
     * @param by       who decided it
     */
    public record Activation(TaxonomyRef taxonomy, Instant at, String by) {}

    /**
     * Counts of one step.
     *
     * @param start      inclusive; null for what has no time
     * @param categories notes by label, without labels that have none
     * @param undecided  notes that R1 could not decide
     * @param tokens     R1's, in whole tokens: prompt, reasoning and answer
     */
    public record Point(Instant start, Map<String, Long> categories, long undecided, double tokens) {
        public Point {
            categories = Collections.unmodifiableSortedMap(new TreeMap<>(categories));
        }
    }
}
