package io.rationale.console.statistics;

import io.rationale.core.statistics.CategoryTable.Example;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Chooses the two or three quotes that show what a category is about: verbatim, each from another note, the most agreed
 * first, none that repeats another. The same notes give the same examples.
 */
public final class KeyExamples implements ExampleSource {
    private final LabelledNotes notes;
    private final int wanted;
    private final int searched;

    /**
     * @param wanted   examples per category
     * @param searched notes looked at per category at most
     */
    public KeyExamples(LabelledNotes notes, int wanted, int searched) {
        this.notes = notes;
        this.wanted = wanted;
        this.searched = searched;
    }

    /** Examples of one category, among the notes that the query counts. A note without a verified quote gives none. */
    @Override
    public List<Example> of(TaxonomyRef taxonomy, String category, TableQuery query) {
        List<Example> chosen = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        if (wanted > 0) {
            notes.visit(LabelledNoteKey.prefix(taxonomy, category), searched, (key, note) -> {
                if (isUsable(note, query) && taken.add(essence(note.quote()))) {
                    chosen.add(new Example(note.noteId(), note.source(), note.quote()));
                }
                return chosen.size() < wanted;
            });
        }
        return chosen;
    }

    private static boolean isUsable(NoteSummary note, TableQuery query) {
        return note.quote() != null && !note.quote().isBlank() && query.covers(note.source(), note.observedAt());
    }

    /** Two quotes that differ only in case and space say the same. */
    private static String essence(String quote) {
        return quote.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
