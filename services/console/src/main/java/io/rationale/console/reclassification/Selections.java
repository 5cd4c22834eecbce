package io.rationale.console.reclassification;

import io.rationale.console.search.IndexedNote;
import io.rationale.console.search.NoteLabel;
import io.rationale.console.search.NoteQuery;
import io.rationale.console.search.NoteSelection;
import io.rationale.console.search.Position;
import io.rationale.core.reclassification.ReclassificationSelection;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a selection means in the index. */
final class Selections {
    private Selections() {}

    /** @param from the definition of the version whose labels are meant; without it, categories are labels */
    static NoteSelection of(ReclassificationSelection asked, Optional<Taxonomy> from) {
        return new NoteSelection(
                asked.taxonomy(),
                asked.from(),
                from.map(version -> labels(asked.category(), version)).orElse(asked.category()),
                asked.source(),
                new NoteQuery.Period(null, asked.since(), asked.until()),
                asked.undecided() || asked.category().contains(NoteQuery.UNDECIDED),
                asked.again());
    }

    /** A category of the tree stands for itself, since some may have been given it, and for every label below it. */
    private static Set<String> labels(Set<String> categories, Taxonomy from) {
        Set<String> labels = new LinkedHashSet<>(categories);
        for (Category each : from.categories()) {
            if (categories.stream().anyMatch(category -> from.isBelow(each.id(), category))) {
                labels.add(each.id());
            }
        }
        return labels;
    }

    /**
     * Whether a selected note is part of a job: it came before the job was asked for, and was not judged under the version
     * since then, nor before unless that is wanted.
     *
     * @param cut where the audit ended when the job was asked for, by partition
     */
    static boolean isPart(IndexedNote note, ReclassificationSelection asked, Map<Integer, Long> cut) {
        Optional<NoteLabel> label = note.label(asked.taxonomy());
        boolean isJudged = label.filter(each -> each.verdict() != null).isPresent();
        return isBefore(note.history().getFirst(), cut)
                && (asked.again() || !isJudged)
                && label.map(NoteLabel::shown)
                        .map(shown -> isBefore(shown, cut))
                        .orElse(true);
    }

    private static boolean isBefore(Position position, Map<Integer, Long> cut) {
        return position.offset() < cut.getOrDefault(position.partition(), 0L);
    }
}
