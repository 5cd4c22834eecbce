package io.rationale.console.search;

import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/**
 * Counts notes that have one of some labels, each note once: under the first of several versions that it has a label
 * under. Used by one thread, which may read it once the search has ended.
 */
public final class NewestLabels {
    private final Map<TaxonomyRef, Set<String>> wanted;
    private final Map<String, Long> decided = new TreeMap<>();
    private long count;

    /** @param wanted the labels meant, by version in the order in which they count */
    NewestLabels(Map<TaxonomyRef, Set<String>> wanted) {
        this.wanted = new LinkedHashMap<>(wanted);
    }

    /** Notes with one of the labels. */
    public long count() {
        return count;
    }

    /** Notes with any label, by the version that they count under. */
    public Map<String, Long> decided() {
        return Map.copyOf(decided);
    }

    /** One collector for all segments: the search runs on the caller's thread. */
    CollectorManager<Collecting, NewestLabels> collectors() {
        return new CollectorManager<>() {
            @Override
            public Collecting newCollector() {
                return new Collecting();
            }

            @Override
            public NewestLabels reduce(Collection<Collecting> collectors) {
                return NewestLabels.this;
            }
        };
    }

    /** One version in one segment. */
    private static final class Version {
        private final String name;
        private final LabelColumn labels;
        private final boolean[] isWanted;
        private long decided;

        Version(TaxonomyRef taxonomy, LabelColumn labels, Set<String> wanted) throws IOException {
            this.name = taxonomy.toString();
            this.labels = labels;
            this.isWanted = new boolean[labels.size()];
            for (int label = 0; label < isWanted.length; label++) {
                isWanted[label] = wanted.contains(labels.name(label));
            }
        }
    }

    /** Counts one segment after the other. */
    final class Collecting extends SimpleCollector {
        private List<Version> versions;

        @Override
        protected void doSetNextReader(LeafReaderContext segment) throws IOException {
            versions = new ArrayList<>();
            for (Map.Entry<TaxonomyRef, Set<String>> each : wanted.entrySet()) {
                LabelColumn labels = new LabelColumn(segment.reader(), each.getKey());
                versions.add(new Version(each.getKey(), labels, each.getValue()));
            }
        }

        @Override
        public void collect(int doc) throws IOException {
            for (Version version : versions) {
                int label = version.labels.of(doc);
                if (label != LabelColumn.NONE) {
                    version.decided++;
                    count += version.isWanted[label] ? 1 : 0;
                    return;
                }
            }
        }

        @Override
        public void finish() {
            versions.stream()
                    .filter(version -> version.decided > 0)
                    .forEach(version -> decided.merge(version.name, version.decided, Long::sum));
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
