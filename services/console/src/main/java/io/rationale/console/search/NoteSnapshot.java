package io.rationale.console.search;

import io.rationale.core.statistics.RelabelledNotes;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;

/** The notes as they were at one moment. Used by one thread, until the reading that gave it ends. */
public final class NoteSnapshot {
    /** Notes counted one by one; of longer lists it is only said that they are longer. */
    static final int MOST_COUNTED = 10_000;

    private final IndexSearcher searcher;
    private final LuceneQueries queries;
    private final StoredFields stored;
    private final IdLookup ids;

    NoteSnapshot(IndexSearcher searcher, LuceneQueries queries) throws IOException {
        this.searcher = searcher;
        this.queries = queries;
        this.stored = searcher.storedFields();
        this.ids = new IdLookup(searcher.getIndexReader());
    }

    /** What is known of that note, also when only reviews are. */
    public Optional<IndexedNote> note(String noteId) {
        try {
            var doc = ids.find(noteId);
            return doc.isPresent()
                    ? Optional.of(note(doc.getAsInt()))
                            .filter(note -> note.noteId().equals(noteId))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    IndexedNote note(int doc) throws IOException {
        return NoteDocuments.read(stored.document(doc));
    }

    /**
     * One page.
     *
     * @param cursor of the page before, or null for the first
     * @throws IllegalArgumentException when the cursor is none of that list, or the text looked for is too long
     */
    public NotePage page(NoteQuery query, NoteOrder order, int limit, String cursor) {
        String list = query.fingerprint(order);
        FieldDoc after = cursor == null ? null : Cursor.of(cursor, list).place();
        try {
            TopFieldDocs found = top(queries.of(query), query, order, limit + 1, after);
            ScoreDoc[] shown = Arrays.copyOf(found.scoreDocs, Math.min(limit, found.scoreDocs.length));
            NotePage.Builder page = new NotePage.Builder(shown.length);
            for (ScoreDoc doc : shown) {
                note(doc.doc).summary(query.taxonomy()).ifPresent(page::add);
            }
            boolean more = found.scoreDocs.length > limit;
            String next = more
                    ? Cursor.after((FieldDoc) shown[shown.length - 1], list).text()
                    : null;
            return page.build(next, found.totalHits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many notes there are. */
    public long count(NoteQuery query) {
        try {
            return searcher.count(queries.of(query));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many notes are selected. */
    public long count(NoteSelection selection) {
        try {
            return searcher.count(queries.of(selection));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many different contents the selected notes have. */
    public long contents(NoteSelection selection) {
        try {
            return new SelectedNotes(searcher, queries.of(selection)).contents();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The first of the selected notes, in the order of their ids as the index has them.
     *
     * @param after the id before the first, or null
     */
    public List<String> idsAfter(NoteSelection selection, String after, int most) {
        try {
            return new SelectedNotes(searcher, queries.of(selection)).idsAfter(after, most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The note of that id, as the index has it. */
    public Optional<IndexedNote> indexed(String id) {
        try {
            var doc = ids.find(id);
            return doc.isPresent() ? Optional.of(note(doc.getAsInt())) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What judging the selected notes under that version took. */
    public SpentSums spent(NoteSelection selection, TaxonomyRef version) {
        try {
            return searcher.search(queries.of(selection), new SpentSums(version).collectors());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Documents of the first notes that have a quote to show. */
    ScoreDoc[] quoted(NoteQuery query, int most) throws IOException {
        return top(queries.quoted(query), query, NoteOrder.AGREEMENT, most, null).scoreDocs;
    }

    private TopFieldDocs top(Query query, NoteQuery asked, NoteOrder order, int most, FieldDoc after)
            throws IOException {
        return searcher.search(
                query, new TopFieldCollectorManager(LuceneQueries.sort(asked, order), most, after, MOST_COUNTED));
    }

    /**
     * What R1 and people said about these notes.
     *
     * @param drawnOnly whether only reviews of notes that were drawn at random count
     */
    public LabelPairs labelPairs(NoteQuery query, boolean drawnOnly) {
        try {
            return searcher.search(queries.of(query), new LabelPairs(query.taxonomy(), drawnOnly).collectors());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Notes by their labels under two versions.
     *
     * @param activatedAt when notes began to be judged under the new version, or null
     * @param sources     the sources counted; empty for all
     */
    public RelabelledNotes relabelled(
            TaxonomyRef from, TaxonomyRef to, Instant activatedAt, Set<String> sources, NoteQuery.Period period) {
        try {
            RelabelledCollector counted = searcher.search(
                    LuceneQueries.decidedUnder(List.of(from, to), sources, Set.of(), period),
                    new RelabelledCollector(from, to, activatedAt).collectors());
            Instant since = counted.overlapSince();
            return counted.notes(since == null ? 0 : decided(from, sources, since, earlier(activatedAt, period.to())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How many notes there are, also of those that were never judged under the version.
     *
     * @param query of which only sources and time count
     */
    public long countSeen(NoteQuery query) {
        try {
            return searcher.count(queries.seen(query));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant earlier(Instant a, Instant b) {
        return a == null || b != null && b.isBefore(a) ? b : a;
    }

    private long decided(TaxonomyRef taxonomy, Set<String> sources, Instant since, Instant until) {
        NoteQuery judged = NoteQuery.all(taxonomy).of(sources, new NoteQuery.Period(null, since, until));
        return count(judged) - count(judged.of(Set.of(NoteQuery.UNDECIDED)));
    }

    /**
     * Notes that have one of some labels, each counted once.
     *
     * @param wanted   the labels meant, by version in the order in which they count
     * @param sources  the sources counted; empty for all
     * @param excluded sources that are not counted
     */
    public NewestLabels newestLabels(
            Map<TaxonomyRef, Set<String>> wanted, Set<String> sources, Set<String> excluded, NoteQuery.Period period) {
        try {
            return searcher.search(
                    LuceneQueries.decidedUnder(wanted.keySet(), sources, excluded, period),
                    new NewestLabels(wanted).collectors());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Tells of each note what a sample is drawn by.
     *
     * @param judgedOnly whether only notes count that were judged under the version; else only sources and time of the
     *                   query count
     */
    public void population(NoteQuery query, boolean judgedOnly, NotePopulation.Visitor visitor) {
        try {
            Query notes = judgedOnly ? queries.of(query) : queries.seen(query);
            searcher.search(notes, new NotePopulation(query.taxonomy(), visitor).collectors());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where each of these notes is shown as it was judged. */
    public ShownNotes shown(NoteQuery query) {
        try {
            ShownNotes shown = new ShownNotes(query.taxonomy());
            searcher.search(queries.of(query), shown.collectors());
            return shown.sorted();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The note at that place. */
    public IndexedNote note(ShownNotes shown, int index) {
        try {
            return note(shown.doc(index));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
