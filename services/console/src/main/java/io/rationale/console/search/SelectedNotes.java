package io.rationale.console.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/** The notes that match a query, in the order of their ids: a bit for each note of the index. Used by one thread. */
final class SelectedNotes {
    private final IndexSearcher searcher;
    private final FixedBitSet matching;

    SelectedNotes(IndexSearcher searcher, Query query) throws IOException {
        this.searcher = searcher;
        this.matching = new FixedBitSet(Math.max(1, searcher.getIndexReader().maxDoc()));
        searcher.search(query, collectors());
    }

    /**
     * Ids as the index has them.
     *
     * @param after id before the first, or null
     */
    List<String> idsAfter(String after, int most) throws IOException {
        List<String> ids = new ArrayList<>();
        Terms terms = MultiTerms.getTerms(searcher.getIndexReader(), Fields.ID);
        if (terms == null) {
            return ids;
        }
        TermsEnum all = terms.iterator();
        PostingsEnum postings = null;
        for (BytesRef id = first(all, after); id != null && ids.size() < most; id = all.next()) {
            postings = all.postings(postings, PostingsEnum.NONE);
            if (matches(postings)) {
                ids.add(id.utf8ToString());
            }
        }
        return ids;
    }

    private static BytesRef first(TermsEnum all, String after) throws IOException {
        if (after == null) {
            return all.next();
        }
        return switch (all.seekCeil(new BytesRef(after))) {
            case FOUND -> all.next();
            case NOT_FOUND -> all.term();
            case END -> null;
        };
    }

    /** Of the documents of an id one at most is not deleted, and only those match. */
    private boolean matches(PostingsEnum postings) throws IOException {
        for (int doc = postings.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.nextDoc()) {
            if (matching.get(doc)) {
                return true;
            }
        }
        return false;
    }

    /** How many different contents they have, as their hashes tell. */
    long contents() throws IOException {
        long[] hashes = new long[matching.cardinality()];
        int size = 0;
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            NumericDocValues content = DocValues.getNumeric(leaf.reader(), Fields.CONTENT);
            int end = leaf.docBase + leaf.reader().maxDoc();
            for (int doc = next(leaf.docBase); doc < end; doc = next(doc + 1)) {
                if (content.advanceExact(doc - leaf.docBase)) {
                    hashes[size++] = content.longValue();
                }
            }
        }
        Arrays.sort(hashes, 0, size);
        long different = 0;
        for (int i = 0; i < size; i++) {
            different += i == 0 || hashes[i] != hashes[i - 1] ? 1 : 0;
        }
        return different;
    }

    private int next(int from) {
        return from < matching.length() ? matching.nextSetBit(from) : DocIdSetIterator.NO_MORE_DOCS;
    }

    private CollectorManager<SimpleCollector, Void> collectors() {
        return new CollectorManager<>() {
            @Override
            public SimpleCollector newCollector() {
                return new Marking();
            }

            @Override
            public Void reduce(Collection<SimpleCollector> collectors) {
                return null;
            }
        };
    }

    /** The search runs on the caller's thread: one segment after the other. */
    private final class Marking extends SimpleCollector {
        private int base;

        @Override
        protected void doSetNextReader(LeafReaderContext segment) {
            base = segment.docBase;
        }

        @Override
        public void collect(int doc) {
            matching.set(base + doc);
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
