package io.rationale.console.search;

import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which notes are to be judged under a version: unlike a {@link NoteQuery}, also those that have no label under it.
 *
 * @param target    the version to judge under
 * @param from      the version whose labels are meant
 * @param labels    of {@code from}, {@link NoteQuery#UNDECIDED} among them; empty for any, and for none
 * @param sources   empty for all
 * @param period    when the failures were seen
 * @param undecided whether notes that R1 could not decide under {@code from} are taken in
 * @param again     whether notes that R1 judged under {@code target} are taken in
 */
public record NoteSelection(
        TaxonomyRef target,
        TaxonomyRef from,
        Set<String> labels,
        Set<String> sources,
        NoteQuery.Period period,
        boolean undecided,
        boolean again) {
    public NoteSelection {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(from, "from");
        labels = Collections.unmodifiableSortedSet(new TreeSet<>(labels));
        sources = Collections.unmodifiableSortedSet(new TreeSet<>(sources));
        Objects.requireNonNull(period, "period");
    }

    /** The same, whether R1 judged them under the version or not. */
    public NoteSelection judgedOrNot() {
        return new NoteSelection(target, from, labels, sources, period, undecided, true);
    }
}
