package io.rationale.console.statistics;

import io.rationale.core.statistics.Span;
import io.rationale.core.taxonomy.TaxonomyRef;

/**
 * What a partial count is about.
 *
 * @param bucket    of event time
 * @param taxonomy  the version, or null for all notes whatever was decided
 * @param category  the label; null for undecided notes, and where all notes are counted
 * @param source    the notes' source
 * @param dimension name of a note label, or null
 * @param value     of that label, or null
 */
record CountKey(Bucket bucket, TaxonomyRef taxonomy, String category, String source, String dimension, String value) {
    private static final int FORMAT = 1;
    private static final Span[] SPANS = Span.values();

    /** The same in another bucket. */
    CountKey in(Bucket other) {
        return new CountKey(other, taxonomy, category, source, dimension, value);
    }

    /** Its form in the store: sorted by span, then by time. */
    byte[] bytes() {
        BinaryWriter out = start(bucket).text(taxonomy == null ? null : taxonomy.id());
        if (taxonomy != null) {
            out.size(taxonomy.version());
        }
        return out.text(category).text(source).text(dimension).text(value).toArray();
    }

    private static BinaryWriter start(Bucket bucket) {
        return new BinaryWriter().octet(FORMAT).octet(bucket.span().ordinal()).ordered(bucket.start());
    }

    /** Before all keys of that bucket, and after those of earlier ones. */
    static byte[] before(Bucket bucket) {
        return start(bucket).toArray();
    }

    static CountKey of(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes).expect(FORMAT);
        Bucket bucket = new Bucket(SPANS[in.octet()], in.ordered());
        String id = in.text();
        TaxonomyRef taxonomy = id == null ? null : new TaxonomyRef(id, in.size());
        return new CountKey(bucket, taxonomy, in.text(), in.text(), in.text(), in.text());
    }
}
