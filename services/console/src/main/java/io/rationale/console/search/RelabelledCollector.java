package io.rationale.console.search;

import io.rationale.core.statistics.LabelPairCounts;
import io.rationale.core.statistics.RelabelledNotes;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Counts notes by their labels under two versions, in one pass over columns of the index. Used by one thread. */
final class RelabelledCollector {
    private final TaxonomyRef from;
    private final TaxonomyRef to;
    private final Instant activatedAt;
    private final long activation;
    private final Map<String, Map<String, Long>> before = new TreeMap<>();
    private final Map<String, Map<String, Long>> later = new TreeMap<>();
    private final Map<String, Long> after = new TreeMap<>();
    private long onlyFrom;
    private long onlyTo;
    private long first = Long.MAX_VALUE;

    /** @param activatedAt when notes began to be judged under the new version, or null */
    RelabelledCollector(TaxonomyRef from, TaxonomyRef to, Instant activatedAt) {
        this.from = from;
        this.to = to;
        this.activatedAt = activatedAt;
        this.activation = activatedAt == null ? Long.MAX_VALUE : NoteDocuments.millis(activatedAt);
    }

    /** When the first note with both labels was seen that was seen before the activation; null without any. */
    Instant overlapSince() {
        return first == Long.MAX_VALUE ? null : Instant.ofEpochMilli(first);
    }

    /** @param judgedBefore notes with a label under the old version, seen from then on and before the activation */
    RelabelledNotes notes(long judgedBefore) {
        return new RelabelledNotes(
                activatedAt,
                new LabelPairCounts(before),
                new LabelPairCounts(later),
                onlyFrom,
                onlyTo,
                overlapSince(),
                judgedBefore,
                after);
    }

    /** One collector for all segments: the search runs on the caller's thread. */
    CollectorManager<Collecting, RelabelledCollector> collectors() {
        return new CollectorManager<>() {
            @Override
            public Collecting newCollector() {
                return new Collecting();
            }

            @Override
            public RelabelledCollector reduce(Collection<Collecting> collectors) {
                return RelabelledCollector.this;
            }
        };
    }

    /** Counts by the numbers that a segment gives its labels, which get their names when it ends. */
    final class Collecting extends SimpleCollector {
        private LabelColumn old;
        private LabelColumn now;
        private SortedNumericDocValues observed;
        private Map<Long, long[]> pairsBefore;
        private Map<Long, long[]> pairsLater;
        private long[] nowAfter;

        @Override
        protected void doSetNextReader(LeafReaderContext segment) throws IOException {
            old = new LabelColumn(segment.reader(), from);
            now = new LabelColumn(segment.reader(), to);
            observed = DocValues.getSortedNumeric(segment.reader(), Fields.OBSERVED);
            pairsBefore = new HashMap<>();
            pairsLater = new HashMap<>();
            nowAfter = new long[now.size()];
        }

        @Override
        public void collect(int doc) throws IOException {
            int was = old.of(doc);
            int is = now.of(doc);
            long seen = observed.advanceExact(doc) ? observed.nextValue() : Long.MAX_VALUE;
            boolean isBefore = seen < activation;
            if (was != LabelColumn.NONE && is != LabelColumn.NONE) {
                long pair = (long) was << Integer.SIZE | is;
                (isBefore ? pairsBefore : pairsLater).computeIfAbsent(pair, any -> new long[1])[0]++;
                first = isBefore ? Math.min(first, seen) : first;
            } else if (was != LabelColumn.NONE) {
                onlyFrom++;
            } else if (is != LabelColumn.NONE) {
                onlyTo++;
            }
            if (is != LabelColumn.NONE && !isBefore) {
                nowAfter[is]++;
            }
        }

        @Override
        public void finish() throws IOException {
            add(pairsBefore, before);
            add(pairsLater, later);
            for (int label = 0; label < nowAfter.length; label++) {
                if (nowAfter[label] > 0) {
                    after.merge(now.name(label), nowAfter[label], Long::sum);
                }
            }
        }

        private void add(Map<Long, long[]> pairs, Map<String, Map<String, Long>> counts) throws IOException {
            for (Map.Entry<Long, long[]> pair : pairs.entrySet()) {
                String was = old.name((int) (pair.getKey() >> Integer.SIZE));
                String is = now.name((int) (long) pair.getKey());
                counts.computeIfAbsent(was, any -> new TreeMap<>()).merge(is, pair.getValue()[0], Long::sum);
            }
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
