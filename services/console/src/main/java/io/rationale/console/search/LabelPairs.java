package io.rationale.console.search;

import io.rationale.core.review.Confusion;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/**
 * Counts of what R1 and people said about the same notes, in one pass over columns of the index. Used by one thread, which
 * may read it once the search has ended.
 */
public final class LabelPairs {
    private final TaxonomyRef taxonomy;
    private final boolean drawnOnly;
    private final Map<String, Long> verdicts = new TreeMap<>();
    private final List<Confusion.Cell> pairs = new ArrayList<>();
    private long undecidedReviewed;

    /** @param drawnOnly whether only reviews of notes that were drawn at random count */
    LabelPairs(TaxonomyRef taxonomy, boolean drawnOnly) {
        this.taxonomy = taxonomy;
        this.drawnOnly = drawnOnly;
    }

    /** Notes by R1's label, reviewed or not. */
    public Map<String, Long> verdicts() {
        return Collections.unmodifiableMap(verdicts);
    }

    /** Notes that both labelled. */
    public Confusion confusion() {
        return new Confusion(pairs);
    }

    /** Notes that a person labelled and R1 did not. */
    public long undecidedReviewed() {
        return undecidedReviewed;
    }

    /** One collector for all segments: the search runs on the caller's thread. */
    CollectorManager<Collecting, LabelPairs> collectors() {
        return new CollectorManager<>() {
            @Override
            public Collecting newCollector() {
                return new Collecting();
            }

            @Override
            public LabelPairs reduce(Collection<Collecting> collectors) {
                return LabelPairs.this;
            }
        };
    }

    /** Counts by the numbers that a segment gives its labels, which get their names when it ends. */
    final class Collecting extends SimpleCollector {
        private SortedDocValues verdict;
        private SortedDocValues review;
        private NumericDocValues drawn;
        private long[] byVerdict;
        private Map<Long, long[]> byPair;

        @Override
        protected void doSetNextReader(LeafReaderContext segment) throws IOException {
            verdict = DocValues.getSorted(segment.reader(), Fields.verdict(taxonomy));
            review = DocValues.getSorted(segment.reader(), Fields.review(taxonomy));
            drawn = DocValues.getNumeric(segment.reader(), Fields.drawn(taxonomy));
            byVerdict = new long[verdict.getValueCount()];
            byPair = new HashMap<>();
        }

        @Override
        public void collect(int doc) throws IOException {
            boolean judged = verdict.advanceExact(doc);
            if (judged) {
                byVerdict[verdict.ordValue()]++;
            }
            if (review.advanceExact(doc) && (!drawnOnly || drawn.advanceExact(doc))) {
                if (judged) {
                    long pair = (long) verdict.ordValue() << Integer.SIZE | review.ordValue();
                    byPair.computeIfAbsent(pair, any -> new long[1])[0]++;
                } else {
                    undecidedReviewed++;
                }
            }
        }

        @Override
        public void finish() throws IOException {
            for (int label = 0; label < byVerdict.length; label++) {
                if (byVerdict[label] > 0) {
                    verdicts.merge(name(verdict, label), byVerdict[label], Long::sum);
                }
            }
            for (Map.Entry<Long, long[]> pair : byPair.entrySet()) {
                String said = name(verdict, (int) (pair.getKey() >> Integer.SIZE));
                String is = name(review, (int) (long) pair.getKey());
                pairs.add(new Confusion.Cell(said, is, pair.getValue()[0]));
            }
        }

        private static String name(SortedDocValues labels, int label) throws IOException {
            return labels.lookupOrd(label).utf8ToString();
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
