package io.rationale.console.search;

import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.BytesRef;

/**
 * Tells of each note what a sample is drawn by, from columns of the index: no stored note is read. It takes four bytes a
 * note of one segment, whatever the number of notes that are told.
 */
public final class NotePopulation {
    private final TaxonomyRef taxonomy;
    private final Visitor visitor;

    /** Hears of the notes. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * One note.
         *
         * @param id        the note's, or for a very long one its beginning and hash
         * @param category  the label that counts under the version, {@link NoteQuery#UNDECIDED} where there is none, null
         *                  where the note was never judged under it
         * @param agreement likewise null
         * @param shown     where the audit shows the note as it was judged
         */
        void note(String id, String source, Instant at, String category, Double agreement, Position shown);
    }

    NotePopulation(TaxonomyRef taxonomy, Visitor visitor) {
        this.taxonomy = taxonomy;
        this.visitor = visitor;
    }

    /** One collector for all segments: the search runs on the caller's thread. */
    CollectorManager<Collecting, Void> collectors() {
        return new CollectorManager<>() {
            @Override
            public Collecting newCollector() {
                return new Collecting();
            }

            @Override
            public Void reduce(Collection<Collecting> collectors) {
                return null;
            }
        };
    }

    final class Collecting extends SimpleCollector {
        private SortedDocValues id;
        private SortedNumericDocValues observed;
        private Sources sources;
        private SortedDocValues verdict;
        private SortedDocValues review;
        private NumericDocValues rank;
        private NumericDocValues shown;
        private List<NumericDocValues> shownElsewhere;

        @Override
        protected void doSetNextReader(LeafReaderContext segment) throws IOException {
            LeafReader reader = segment.reader();
            id = DocValues.getSorted(reader, Fields.ID);
            observed = DocValues.getSortedNumeric(reader, Fields.OBSERVED);
            sources = Sources.of(reader);
            verdict = DocValues.getSorted(reader, Fields.verdict(taxonomy));
            review = DocValues.getSorted(reader, Fields.review(taxonomy));
            rank = DocValues.getNumeric(reader, Fields.rank(taxonomy));
            shown = DocValues.getNumeric(reader, Fields.shown(taxonomy));
            shownElsewhere = elsewhere(reader);
        }

        private List<NumericDocValues> elsewhere(LeafReader reader) throws IOException {
            List<NumericDocValues> elsewhere = new ArrayList<>();
            Terms versions = reader.terms(Fields.VERSION);
            TermsEnum each = versions == null ? TermsEnum.EMPTY : versions.iterator();
            for (BytesRef version = each.next(); version != null; version = each.next()) {
                if (!version.utf8ToString().equals(taxonomy.toString())) {
                    elsewhere.add(DocValues.getNumeric(reader, Fields.SHOWN + version.utf8ToString()));
                }
            }
            return elsewhere;
        }

        @Override
        public void collect(int doc) throws IOException {
            if (!id.advanceExact(doc) || !observed.advanceExact(doc)) {
                return;
            }
            long place = place(doc);
            if (place < 0) {
                return;
            }
            String noteId = id.lookupOrd(id.ordValue()).utf8ToString();
            Instant at = Instant.ofEpochMilli(observed.nextValue());
            boolean isJudged = rank.advanceExact(doc);
            visitor.note(
                    noteId,
                    sources.of(doc),
                    at,
                    isJudged ? category(doc) : null,
                    isJudged ? NoteDocuments.agreement(rank.longValue()) : null,
                    Fields.unpacked(place));
        }

        /** Of the version that is asked for, else the last of the others; negative where there is none. */
        private long place(int doc) throws IOException {
            if (shown.advanceExact(doc)) {
                return shown.longValue();
            }
            long last = -1;
            for (NumericDocValues each : shownElsewhere) {
                if (each.advanceExact(doc)) {
                    last = Math.max(last, each.longValue());
                }
            }
            return last;
        }

        private String category(int doc) throws IOException {
            if (review.advanceExact(doc)) {
                return review.lookupOrd(review.ordValue()).utf8ToString();
            }
            return verdict.advanceExact(doc)
                    ? verdict.lookupOrd(verdict.ordValue()).utf8ToString()
                    : NoteQuery.UNDECIDED;
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }

    /** The source of each note of a segment: the index only has the notes of each source. */
    private record Sources(int[] numbers, List<String> names) {
        static Sources of(LeafReader reader) throws IOException {
            int[] numbers = new int[reader.maxDoc()];
            List<String> names = new ArrayList<>();
            Terms terms = reader.terms(Fields.SOURCE);
            TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
            for (BytesRef name = each.next(); name != null; name = each.next()) {
                names.add(name.utf8ToString());
                PostingsEnum notes = each.postings(null, PostingsEnum.NONE);
                for (int doc = notes.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = notes.nextDoc()) {
                    numbers[doc] = names.size();
                }
            }
            return new Sources(numbers, names);
        }

        String of(int doc) {
            return numbers[doc] == 0 ? null : names.get(numbers[doc] - 1);
        }
    }
}
