package io.rationale.core.statistics;

import io.rationale.core.statistics.Relabelling.CategoryChange;
import io.rationale.core.statistics.Relabelling.Cell;
import io.rationale.core.statistics.Relabelling.Change;
import io.rationale.core.statistics.Relabelling.Counted;
import io.rationale.core.statistics.Relabelling.Periods;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Crosswalk;
import io.rationale.core.taxonomy.Taxonomy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes a category's change apart into what the new version alone does to the same notes and what the notes themselves do.
 * Where the whole overlap was seen before the activation, the two add up to the total.
 */
public final class RelabellingMaker {
    /** Notes that either side of a comparison over time needs. */
    public static final int LEAST_NOTES = 10;
    /**
     * Share of the notes before the activation that must have been judged under both versions: a selection of them, one
     * category for instance, says nothing about the shares of all.
     */
    public static final double LEAST_COVERED = 0.9;

    private final Taxonomy from;
    private final Taxonomy to;
    private final Crosswalk crosswalk;
    private final RelabelledNotes notes;
    private final LabelPairCounts overlap;

    /** @param crosswalk from the one version to the other */
    public RelabellingMaker(Taxonomy from, Taxonomy to, Crosswalk crosswalk, RelabelledNotes notes) {
        this.from = from;
        this.to = to;
        this.crosswalk = crosswalk;
        this.notes = notes;
        this.overlap = notes.overlap();
    }

    /** @param since start of what was counted, or null; @param until its end, or null */
    public Relabelling relabelling(Instant since, Instant until, List<String> sources) {
        List<Cell> table = table();
        return new Relabelling(
                from.ref(),
                to.ref(),
                since,
                until,
                sources,
                notes.activatedAt(),
                overlap.notes(),
                notes.onlyFrom(),
                notes.onlyTo(),
                table.stream().filter(Cell::expected).mapToLong(Cell::count).sum(),
                periods(),
                table,
                categories());
    }

    private Periods periods() {
        return notes.activatedAt() == null
                ? null
                : new Periods(
                        notes.overlapSince(),
                        notes.judgedBefore(),
                        notes.before().notes(),
                        notes.notesAfter());
    }

    private List<Cell> table() {
        List<Cell> table = new ArrayList<>();
        List<String> columns = ordered(to, overlap.newLabels());
        for (String old : ordered(from, overlap.oldLabels())) {
            for (String now : columns) {
                long count = overlap.count(old, now);
                if (count > 0) {
                    table.add(new Cell(old, now, count, crosswalk.leads(old, now)));
                }
            }
        }
        return table;
    }

    /** The version's labels in its order, then those that it does not know. */
    private static List<String> ordered(Taxonomy version, Set<String> seen) {
        Set<String> ordered = new LinkedHashSet<>(version.labels().keySet());
        ordered.addAll(seen);
        return List.copyOf(ordered);
    }

    private List<CategoryChange> categories() {
        return to.leaves().stream().map(this::category).toList();
    }

    private CategoryChange category(Category label) {
        List<String> predecessors = crosswalk.predecessorsOf(label.id());
        Set<String> old = Set.copyOf(predecessors);
        Counted counted = new Counted(overlap.old(old), overlap.now(label.id()));
        return new CategoryChange(
                label.id(),
                label.name(),
                label.parent(),
                label.colour(),
                predecessors,
                counted,
                change(label.id(), old));
    }

    private Change change(String label, Set<String> old) {
        ShareChange relabelled =
                overlap.notes() == 0 ? null : overlap.paired(old, label).change();
        String reason = reason();
        if (reason != null) {
            return new Change(null, relabelled, null, reason);
        }
        long after = notes.after().getOrDefault(label, 0L);
        long before = notes.before().notes();
        return new Change(
                ShareChange.of(after, notes.notesAfter(), notes.before().old(old), before),
                relabelled,
                ShareChange.of(after, notes.notesAfter(), notes.before().now(label), before),
                null);
    }

    private String reason() {
        if (notes.activatedAt() == null) {
            return "No activation of " + to.ref()
                    + " is known: there is no time from which on notes were judged under it.";
        }
        if (notes.before().notes() < LEAST_NOTES) {
            return "Only " + notes.before().notes()
                    + " notes that were seen before the activation are judged under both" + " versions; " + LEAST_NOTES
                    + " are needed: reclassify some of that time.";
        }
        if (notes.before().notes() < LEAST_COVERED * notes.judgedBefore()) {
            return "Of " + notes.judgedBefore() + " notes seen between " + notes.overlapSince()
                    + " and the activation only " + notes.before().notes()
                    + " are judged under both versions, and a selection need not be like the rest: reclassify all of that"
                    + " time, or choose the sources and the time of which everything is reclassified.";
        }
        if (notes.notesAfter() < LEAST_NOTES) {
            return "Only " + notes.notesAfter() + " notes were seen since the activation; " + LEAST_NOTES
                    + " are needed.";
        }
        return null;
    }
}
