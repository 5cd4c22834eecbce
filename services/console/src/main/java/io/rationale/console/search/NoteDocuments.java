package io.rationale.console.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.Verdict;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/** Makes documents of notes, and notes of documents. */
final class NoteDocuments {
    private static final int MILLIONTHS = 1_000_000;
    private static final int CONFIDENCES = 4;
    private static final int HEXADECIMAL = 16;
    private static final int LOT_DIGITS = 16;
    private static final FieldType WORDS = words();

    private NoteDocuments() {}

    /** Positions for phrases; nothing for scores, since no list is sorted by them. */
    private static FieldType words() {
        FieldType type = new FieldType(TextField.TYPE_NOT_STORED);
        type.setOmitNorms(true);
        type.freeze();
        return type;
    }

    static Term idOf(String noteId) {
        return new Term(Fields.ID, Texts.term(noteId));
    }

    static Document of(IndexedNote note) {
        Document document = new Document();
        String id = Texts.term(note.noteId());
        document.add(new StringField(Fields.ID, id, Field.Store.NO));
        document.add(new SortedDocValuesField(Fields.ID, new BytesRef(id)));
        document.add(new StoredField(Fields.NOTE, Json.line(note)));
        document.add(new LongPoint(Fields.DECIDED, millis(note.decidedAt())));
        document.add(new NumericDocValuesField(Fields.LOT, lot(note.noteId())));
        if (note.seen()) {
            note.texts().forEach(text -> document.add(new Field(Fields.TEXT, text, WORDS)));
            document.add(new NumericDocValuesField(Fields.CONTENT, content(note.texts())));
            document.add(new NumericDocValuesField(Fields.TOKENS, note.tokens()));
            addTerm(document, Fields.SOURCE, note.source());
            document.add(new LongField(Fields.OBSERVED, millis(note.observedAt()), Field.Store.NO));
            note.dimensions().forEach((name, value) -> addTerm(document, Fields.DIMENSION, name + ':' + value));
            note.labels().values().forEach(label -> add(document, note, label));
        }
        return document;
    }

    private static void add(Document document, IndexedNote note, NoteLabel label) {
        TaxonomyRef taxonomy = label.taxonomy();
        String category = label.category() == null ? NoteQuery.UNDECIDED : label.category();
        addTerm(document, Fields.VERSION, taxonomy.toString());
        addTerm(document, Fields.category(taxonomy), category);
        if (label.secondary() != null) {
            addTerm(document, Fields.secondary(taxonomy), label.secondary());
        }
        document.add(new IntPoint(Fields.agreement(taxonomy), millionths(label.standing())));
        document.add(new NumericDocValuesField(Fields.rank(taxonomy), rank(label)));
        document.add(new NumericDocValuesField(Fields.doubt(taxonomy), Doubt.of(label)));
        addLabel(document, Fields.verdict(taxonomy), label.verdict());
        addLabel(document, Fields.review(taxonomy), label.review());
        note.shownAt(taxonomy)
                .ifPresent(
                        shown -> document.add(new NumericDocValuesField(Fields.shown(taxonomy), Fields.packed(shown))));
        if (label.spent() != null) {
            document.add(
                    new BinaryDocValuesField(Fields.spent(taxonomy), new BytesRef(SpentSums.packed(label.spent()))));
        }
        label.failed().forEach(check -> addTerm(document, Fields.flag(taxonomy), check.code()));
        if (label.review() != null) {
            addTerm(document, Fields.flag(taxonomy), Fields.REVIEWED);
        }
        if (label.drawn()) {
            addTerm(document, Fields.flag(taxonomy), Fields.DRAWN);
            document.add(new NumericDocValuesField(Fields.drawn(taxonomy), 1));
        }
        if (label.verbatim() != null) {
            addTerm(document, Fields.flag(taxonomy), Fields.QUOTED);
        }
    }

    /** To be counted. */
    private static void addLabel(Document document, String field, String label) {
        if (label != null) {
            document.add(new SortedDocValuesField(field, new BytesRef(Texts.term(label))));
        }
    }

    private static void addTerm(Document document, String field, String value) {
        document.add(new StringField(field, Texts.term(value), Field.Store.NO));
    }

    /**
     * The start of the id's SHA-256: it has nothing to do with what the note says or when it came, so that the notes of the
     * smallest ones are a random sample, at every replica the same.
     */
    static long lot(String noteId) {
        return Long.parseUnsignedLong(Bytes.utf8(noteId).sha256().substring(0, LOT_DIGITS), HEXADECIMAL);
    }

    /** The start of the SHA-256 of all that is searched of a note. */
    private static long content(List<String> texts) {
        return Long.parseUnsignedLong(
                Bytes.utf8(String.join("\0", texts)).sha256().substring(0, LOT_DIGITS), HEXADECIMAL);
    }

    /** Small for what stands first: much agreement, then much confidence. */
    static long rank(NoteLabel label) {
        long falling = MILLIONTHS - millionths(label.standing());
        return falling * CONFIDENCES + doubt(label.confidence());
    }

    /** The agreement that a {@link #rank} was made of. */
    static double agreement(long rank) {
        return 1 - (double) (rank / CONFIDENCES) / MILLIONTHS;
    }

    /** Said to be sure comes before said nothing, and that before said to be unsure. */
    private static int doubt(Verdict.Confidence confidence) {
        return switch (confidence) {
            case HIGH -> 0;
            case MEDIUM -> 1;
            case UNSTATED -> 2;
            case LOW -> 3;
        };
    }

    static int millionths(double share) {
        return (int) Math.round(Math.clamp(share, 0.0, 1.0) * MILLIONTHS);
    }

    /** Whole milliseconds; times that no clock shows become the nearest that can be told. */
    static long millis(Instant time) {
        if (time.getEpochSecond() >= Long.MAX_VALUE / 1_000) {
            return Long.MAX_VALUE;
        }
        return time.getEpochSecond() <= Long.MIN_VALUE / 1_000 ? Long.MIN_VALUE : time.toEpochMilli();
    }

    static IndexedNote read(Document stored) {
        try {
            return Json.mapper().readValue(stored.get(Fields.NOTE), IndexedNote.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
