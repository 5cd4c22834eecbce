package io.rationale.console.search;

import io.rationale.core.r1.Usage;
import io.rationale.core.reclassification.SpentBefore;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.BytesRef;

/**
 * Sums of what judging notes under one version took, by batch size, in one pass over columns of the index. Used by one
 * thread, which may read it once the search has ended.
 */
public final class SpentSums {
    /** Larger batches are counted with those of this size. */
    private static final int MOST_BATCH = 1_024;

    private final TaxonomyRef taxonomy;
    private final Map<Integer, SpentBefore> sums = new TreeMap<>();
    private long notes;
    private double tokens;

    SpentSums(TaxonomyRef taxonomy) {
        this.taxonomy = taxonomy;
    }

    /** By batch size; notes that share another's verdict are left out. */
    public List<SpentBefore> byBatch() {
        return List.copyOf(sums.values());
    }

    /** Notes that R1 was asked about. */
    public long asked() {
        return sums.values().stream().mapToLong(SpentBefore::notes).sum();
    }

    /** Estimated tokens of what a note says, on average over all of them. */
    public double tokens() {
        return notes == 0 ? 0 : tokens / notes;
    }

    static byte[] packed(Spent spent) {
        return ByteBuffer.allocate(4 * Float.BYTES + 2 * Integer.BYTES)
                .putFloat((float) spent.usage().prompt())
                .putFloat((float) spent.usage().reasoning())
                .putFloat((float) spent.usage().answer())
                .putFloat((float) spent.usage().cached())
                .putInt(spent.calls())
                .putInt(spent.batch())
                .array();
    }

    private static Spent unpacked(BytesRef packed) {
        ByteBuffer bytes = ByteBuffer.wrap(packed.bytes, packed.offset, packed.length);
        Usage usage = new Usage(bytes.getFloat(), bytes.getFloat(), bytes.getFloat(), bytes.getFloat());
        return new Spent(usage, bytes.getInt(), bytes.getInt());
    }

    CollectorManager<Collecting, SpentSums> collectors() {
        return new CollectorManager<>() {
            @Override
            public Collecting newCollector() {
                return new Collecting();
            }

            @Override
            public SpentSums reduce(Collection<Collecting> collectors) {
                return SpentSums.this;
            }
        };
    }

    /** The search runs on the caller's thread: one segment after the other. */
    final class Collecting extends SimpleCollector {
        private BinaryDocValues spent;
        private NumericDocValues contents;

        @Override
        protected void doSetNextReader(LeafReaderContext segment) throws IOException {
            spent = DocValues.getBinary(segment.reader(), Fields.spent(taxonomy));
            contents = DocValues.getNumeric(segment.reader(), Fields.TOKENS);
        }

        @Override
        public void collect(int doc) throws IOException {
            long content = contents.advanceExact(doc) ? contents.longValue() : 0;
            notes++;
            tokens += content;
            if (spent.advanceExact(doc)) {
                add(unpacked(spent.binaryValue()), content);
            }
        }

        private void add(Spent each, long content) {
            if (each.calls() > 0) {
                int batch = Math.clamp(each.batch(), 1, MOST_BATCH);
                sums.put(
                        batch,
                        sums.getOrDefault(batch, SpentBefore.none(batch)).plus(each.usage(), each.calls(), content));
            }
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
