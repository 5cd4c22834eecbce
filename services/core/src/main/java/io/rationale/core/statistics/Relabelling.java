package io.rationale.core.statistics;

import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.List;

/**
 * What became of the notes when they were judged under another version, and how much of a category's change that
 * explains.
 *
 * @param from        the old version
 * @param to          the new version
 * @param since       start of what was counted, inclusive; null for no start
 * @param until       end of what was counted, exclusive; null for no end
 * @param sources     the sources counted, sorted; empty means all
 * @param activatedAt when notes began to be judged under the new version; null when that never happened
 * @param overlap     notes with a label under both versions
 * @param onlyFrom    notes with a label under the old version only
 * @param onlyTo      notes with a label under the new version only
 * @param agreed      notes of the overlap whose new label is one that the crosswalk leads to
 * @param periods     what the changes are measured between; null without an activation
 * @param table       notes of the overlap by both labels, none with 0, in the order of both versions
 * @param categories  the labels of the new version, in its order
 */
public record Relabelling(
        TaxonomyRef from,
        TaxonomyRef to,
        Instant since,
        Instant until,
        List<String> sources,
        Instant activatedAt,
        long overlap,
        long onlyFrom,
        long onlyTo,
        long agreed,
        Periods periods,
        List<Cell> table,
        List<CategoryChange> categories) {
    public Relabelling {
        sources = List.copyOf(sources);
        table = List.copyOf(table);
        categories = List.copyOf(categories);
    }

    /**
     * Notes by both labels.
     *
     * @param from     the old label
     * @param to       the new label
     * @param count    notes
     * @param expected whether the crosswalk leads from the one to the other
     */
    public record Cell(String from, String to, long count, boolean expected) {}

    /**
     * What is compared with what.
     *
     * @param since   when the first note of the overlap was seen that was seen before the activation, or null
     * @param judged  notes seen from then on and before the activation, with a label under the old version
     * @param overlap those of them that have one under the new version, too
     * @param after   notes seen since the activation, with a label under the new version
     */
    public record Periods(Instant since, long judged, long overlap, long after) {}

    /**
     * One label of the new version.
     *
     * @param category     the label
     * @param name         for people
     * @param parent       the category above, or null
     * @param colour       {@code #rrggbb}, or null
     * @param predecessors the old labels that the crosswalk leads from
     * @param counted      notes of the overlap
     * @param change       of the share
     */
    public record CategoryChange(
            String category,
            String name,
            String parent,
            String colour,
            List<String> predecessors,
            Counted counted,
            Change change) {
        public CategoryChange {
            predecessors = List.copyOf(predecessors);
        }
    }

    /**
     * The same notes, counted twice.
     *
     * @param from with one of the predecessors as their old label
     * @param to   with the category as their new label
     */
    public record Counted(long from, long to) {}

    /**
     * A change, and what it is made of.
     *
     * @param total      share of the category after the activation, less the share of its predecessors in the overlap
     *                   before it: what a chart shows where the versions meet; null for the same reason as {@code real}
     * @param relabelled share of the category, less that of its predecessors, among all notes of the overlap: what the new
     *                   version alone does; null without an overlap
     * @param real       share of the category after the activation, less its share in the overlap before it, both under
     *                   the new version; null where that cannot be told
     * @param reason     why it cannot be told, a sentence; null where it can
     */
    public record Change(ShareChange total, ShareChange relabelled, ShareChange real, String reason) {}
}
