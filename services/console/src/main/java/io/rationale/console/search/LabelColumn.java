package io.rationale.console.search;

import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedDocValues;

/**
 * The labels that count under one version in one segment of the index: the review, else the verdict. They go by numbers,
 * of which a label may have two. Documents are asked for in their order. Used by one thread.
 */
final class LabelColumn {
    /** Of a note without a label. */
    static final int NONE = -1;

    private final SortedDocValues verdicts;
    private final SortedDocValues reviews;

    LabelColumn(LeafReader segment, TaxonomyRef taxonomy) throws IOException {
        verdicts = DocValues.getSorted(segment, Fields.verdict(taxonomy));
        reviews = DocValues.getSorted(segment, Fields.review(taxonomy));
    }

    /** The number of that document's label, or {@link #NONE}. */
    int of(int doc) throws IOException {
        if (reviews.advanceExact(doc)) {
            return verdicts.getValueCount() + reviews.ordValue();
        }
        return verdicts.advanceExact(doc) ? verdicts.ordValue() : NONE;
    }

    /** Numbers are smaller than this. */
    int size() {
        return verdicts.getValueCount() + reviews.getValueCount();
    }

    /** The label of that number. */
    String name(int label) throws IOException {
        int judged = verdicts.getValueCount();
        return (label < judged ? verdicts.lookupOrd(label) : reviews.lookupOrd(label - judged)).utf8ToString();
    }
}
