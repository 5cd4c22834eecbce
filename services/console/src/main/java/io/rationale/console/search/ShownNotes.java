package io.rationale.console.search;

import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.IntroSorter;

/**
 * For many notes, where in the audit each is shown as it was judged, and its document: what an export reads the audit
 * by. Takes 24 bytes a note at most. Used by one thread.
 */
public final class ShownNotes {
    private final TaxonomyRef taxonomy;
    private long[] positions = new long[1_024];
    private int[] docs = new int[1_024];
    private int size;

    ShownNotes(TaxonomyRef taxonomy) {
        this.taxonomy = taxonomy;
    }

    /** How many. */
    public int size() {
        return size;
    }

    /** Where the one at that place stands; they are in the order of partition and offset. */
    public Position position(int index) {
        return Fields.unpacked(positions[index]);
    }

    /** The place after the last one of the same partition as that one. */
    public int endOfPartition(int index) {
        int partition = position(index).partition();
        int end = index + 1;
        while (end < size && position(end).partition() == partition) {
            end++;
        }
        return end;
    }

    int doc(int index) {
        return docs[index];
    }

    private void add(long position, int doc) {
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, size + size / 2);
            docs = Arrays.copyOf(docs, size + size / 2);
        }
        positions[size] = position;
        docs[size++] = doc;
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

    /** Takes one segment after the other. */
    final class Collecting extends SimpleCollector {
        private NumericDocValues shown;
        private int base;

        @Override
        protected void doSetNextReader(LeafReaderContext segment) throws IOException {
            shown = DocValues.getNumeric(segment.reader(), Fields.shown(taxonomy));
            base = segment.docBase;
        }

        @Override
        public void collect(int doc) throws IOException {
            if (shown.advanceExact(doc)) {
                add(shown.longValue(), base + doc);
            }
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }

    ShownNotes sorted() {
        new IntroSorter() {
            private long pivot;

            @Override
            protected void setPivot(int i) {
                pivot = positions[i];
            }

            @Override
            protected int comparePivot(int j) {
                return Long.compare(pivot, positions[j]);
            }

            @Override
            protected void swap(int i, int j) {
                long position = positions[i];
                positions[i] = positions[j];
                positions[j] = position;
                int doc = docs[i];
                docs[i] = docs[j];
                docs[j] = doc;
            }
        }.sort(0, size);
        return this;
    }
}
