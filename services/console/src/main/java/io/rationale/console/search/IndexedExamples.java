package io.rationale.console.search;

import io.rationale.console.statistics.ExampleSource;
import io.rationale.console.statistics.TableQuery;
import io.rationale.core.statistics.CategoryTable.Example;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.apache.lucene.search.ScoreDoc;

/**
 * Chooses the two or three quotes that show what a category is about.
 *
 * <p>Candidates are the first quotes of the notes' evidence that stand in their note letter by letter, ranked by falling
 * agreement, then by confidence, then by note id. From the first on each is taken unless it says what a taken one says:
 * the same but for case and space, or half of the words of both in common. When too few are found so, the best of those
 * with too many common words fill the rest. The same notes give the same examples, in whatever order they came.
 */
public final class IndexedExamples implements ExampleSource {
    private static final int FIRST_LOOK = 32;

    private final NoteSearch notes;
    private final int wanted;
    private final int searched;

    /**
     * @param wanted   examples per category
     * @param searched candidates looked at per category at most
     */
    public IndexedExamples(NoteSearch notes, int wanted, int searched) {
        this.notes = notes;
        this.wanted = wanted;
        this.searched = searched;
    }

    @Override
    public List<Example> of(TaxonomyRef taxonomy, String category, TableQuery query) {
        if (wanted == 0) {
            return List.of();
        }
        NoteQuery.Period period =
                new NoteQuery.Period(null, query.from().orElse(null), query.to().orElse(null));
        NoteQuery candidates = NoteQuery.all(taxonomy)
                .of(Set.of(category == null ? NoteQuery.UNDECIDED : category))
                .of(query.sources(), period);
        return notes.read(snapshot -> choose(snapshot, candidates));
    }

    /** Most often the first few candidates do; only when they do not, all are looked at. */
    private List<Example> choose(NoteSnapshot notes, NoteQuery candidates) {
        try {
            DiverseQuotes quotes = new DiverseQuotes(wanted);
            int looked = Math.min(FIRST_LOOK, searched);
            ScoreDoc[] docs = notes.quoted(candidates, looked);
            addAll(quotes, notes, docs, 0, candidates.taxonomy());
            if (!quotes.isFull() && docs.length == looked && looked < searched) {
                addAll(quotes, notes, notes.quoted(candidates, searched), looked, candidates.taxonomy());
            }
            return quotes.chosen();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addAll(
            DiverseQuotes quotes, NoteSnapshot notes, ScoreDoc[] docs, int from, TaxonomyRef taxonomy)
            throws IOException {
        for (int i = from; i < docs.length && !quotes.isFull(); i++) {
            IndexedNote note = notes.note(docs[i].doc);
            note.label(taxonomy)
                    .ifPresent(label -> quotes.add(new Example(note.noteId(), note.source(), label.verbatim())));
        }
    }
}
