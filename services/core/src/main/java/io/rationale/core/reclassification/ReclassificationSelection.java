package io.rationale.core.reclassification;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which notes are judged again, and under which version.
 *
 * @param taxonomy  the version to judge under
 * @param from      the version whose labels {@code category} and {@code undecided} mean
 * @param category  labels of {@code from}; empty for any
 * @param source    where the notes come from; empty for any
 * @param since     notes observed from then on, or null for any
 * @param until     notes observed before, or null for any
 * @param window    the window that {@code since} was told from, or null
 * @param undecided whether notes are taken in that R1 could not decide under {@code from}
 * @param again     whether notes are taken in that have a verdict under {@code taxonomy}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReclassificationSelection(
        TaxonomyRef taxonomy,
        TaxonomyRef from,
        Set<String> category,
        Set<String> source,
        Instant since,
        Instant until,
        String window,
        boolean undecided,
        boolean again) {
    public ReclassificationSelection {
        Objects.requireNonNull(taxonomy, "taxonomy");
        Objects.requireNonNull(from, "from");
        category = sorted(category);
        source = sorted(source);
    }

    /** Every note that has no verdict under that version yet. */
    public static ReclassificationSelection all(TaxonomyRef taxonomy, TaxonomyRef from) {
        return new ReclassificationSelection(taxonomy, from, null, null, null, null, null, true, false);
    }

    private static Set<String> sorted(Set<String> values) {
        return values == null ? Set.of() : Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }

    /** Whether somebody who asks for both means the same: a window that moves is the same a little later. */
    public boolean asksTheSameAs(ReclassificationSelection other) {
        return window != null && window.equals(other.window)
                ? withoutTime().equals(other.withoutTime())
                : equals(other);
    }

    private ReclassificationSelection withoutTime() {
        return new ReclassificationSelection(taxonomy, from, category, source, null, null, window, undecided, again);
    }
}
