package io.rationale.console.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** Finds documents by note id again and again: what a search would set up for each is set up once. Used by one thread. */
final class IdLookup {
    private final List<Leaf> leaves = new ArrayList<>();

    /** A segment. */
    private static final class Leaf {
        private final TermsEnum ids;
        private final Bits live;
        private final int base;
        private PostingsEnum postings;

        Leaf(TermsEnum ids, Bits live, int base) {
            this.ids = ids;
            this.live = live;
            this.base = base;
        }

        int find(BytesRef id) throws IOException {
            if (!ids.seekExact(id)) {
                return DocIdSetIterator.NO_MORE_DOCS;
            }
            postings = ids.postings(postings, PostingsEnum.NONE);
            int doc = postings.nextDoc();
            while (doc != DocIdSetIterator.NO_MORE_DOCS && live != null && !live.get(doc)) {
                doc = postings.nextDoc();
            }
            return doc;
        }
    }

    IdLookup(IndexReader reader) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            Terms ids = leaf.reader().terms(Fields.ID);
            if (ids != null) {
                leaves.add(new Leaf(ids.iterator(), leaf.reader().getLiveDocs(), leaf.docBase));
            }
        }
    }

    /** The document of that note. */
    OptionalInt find(String noteId) throws IOException {
        BytesRef id = new BytesRef(Texts.term(noteId));
        for (Leaf leaf : leaves) {
            int doc = leaf.find(id);
            if (doc != DocIdSetIterator.NO_MORE_DOCS) {
                return OptionalInt.of(leaf.base + doc);
            }
        }
        return OptionalInt.empty();
    }
}
