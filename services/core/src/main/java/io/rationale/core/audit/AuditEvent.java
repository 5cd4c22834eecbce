package io.rationale.core.audit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.rationale.core.note.Note;
import io.rationale.core.r1.Usage;
import io.rationale.core.review.Selection;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.ExchangePointer;
import io.rationale.core.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that was decided about a note. The audit topic holds these in order for ever, each with the note as it was
 * judged, so that the ledger stands alone. {@code version} is the version of the event's schema.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.PROPERTY, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AuditEvent.Classified.class, name = "classified"),
    @JsonSubTypes.Type(value = AuditEvent.Unclassifiable.class, name = "unclassifiable"),
    @JsonSubTypes.Type(value = AuditEvent.Reviewed.class, name = "reviewed"),
    @JsonSubTypes.Type(value = AuditEvent.Erased.class, name = "erased")
})
public sealed interface AuditEvent {
    /** Version of the schema that this code writes. */
    int SCHEMA_VERSION = 1;

    /** The event's own id. */
    String eventId();

    /** The note it is about: the record's key. */
    String noteId();

    /** When it was decided. */
    Instant at();

    /** The taxonomy version that it was decided under; null of an erasure, which is under none. */
    default TaxonomyRef taxonomyRef() {
        return switch (this) {
            case Classified classified -> classified.verdict().taxonomy();
            case Unclassifiable unclassifiable -> unclassifiable.taxonomy();
            case Reviewed reviewed -> reviewed.taxonomy();
            case Erased erased -> null;
        };
    }

    /** The job for which the note was judged again. */
    default Optional<String> reclassificationJob() {
        return Optional.ofNullable(
                switch (this) {
                    case Classified classified ->
                        classified.verdict().provenance().reclassification();
                    case Unclassifiable unclassifiable -> unclassifiable.reclassification();
                    case Reviewed reviewed -> null;
                    case Erased erased -> null;
                });
    }

    /** The CloudEvents type. */
    default String cloudEventType() {
        return "io.rationale.note."
                + switch (this) {
                    case Classified c -> "classified";
                    case Unclassifiable u -> "unclassifiable";
                    case Reviewed r -> "reviewed";
                    case Erased e -> "erased";
                }
                + ".v" + SCHEMA_VERSION;
    }

    /**
     * R1 judged the note.
     *
     * @param note     as it was judged
     * @param position where it stood
     * @param verdict  the checked judgement
     */
    record Classified(int version, String eventId, Note note, SourcePosition position, Verdict verdict)
            implements AuditEvent {
        public Classified {
            Objects.requireNonNull(eventId, "eventId");
            Objects.requireNonNull(note, "note");
            Objects.requireNonNull(position, "position");
            Objects.requireNonNull(verdict, "verdict");
        }

        @Override
        public String noteId() {
            return note.id();
        }

        @Override
        public Instant at() {
            return verdict.classifiedAt();
        }
    }

    /**
     * No acceptable answer came for the note within its attempts; its original bytes lie in the dead letters.
     *
     * @param note      as it was asked about
     * @param position  where it stood
     * @param taxonomy  the version it was asked under
     * @param reason    kind of failure, the same as in the dead letter
     * @param cause     a sentence
     * @param attempts  R1 calls that it took part in
     * @param usage     its share of the tokens spent in vain
     * @param exchanges the exchanges that failed
     * @param at        when it was given up
     * @param reclassification id of the job for which it was asked about again, or null
     */
    record Unclassifiable(
            int version,
            String eventId,
            Note note,
            SourcePosition position,
            TaxonomyRef taxonomy,
            String reason,
            String cause,
            int attempts,
            Usage usage,
            List<ExchangePointer> exchanges,
            Instant at,
            String reclassification)
            implements AuditEvent {
        /** Of a note that was judged as it came. */
        public Unclassifiable(
                int version,
                String eventId,
                Note note,
                SourcePosition position,
                TaxonomyRef taxonomy,
                String reason,
                String cause,
                int attempts,
                Usage usage,
                List<ExchangePointer> exchanges,
                Instant at) {
            this(version, eventId, note, position, taxonomy, reason, cause, attempts, usage, exchanges, at, null);
        }

        public Unclassifiable {
            Objects.requireNonNull(eventId, "eventId");
            Objects.requireNonNull(note, "note");
            Objects.requireNonNull(position, "position");
            Objects.requireNonNull(taxonomy, "taxonomy");
            Objects.requireNonNull(reason, "reason");
            cause = cause == null ? "" : cause;
            usage = usage == null ? Usage.NONE : usage;
            exchanges = exchanges == null ? List.of() : List.copyOf(exchanges);
            Objects.requireNonNull(at, "at");
        }

        @Override
        public String noteId() {
            return note.id();
        }
    }

    /**
     * A person confirmed or corrected the label; the latest review stands above any verdict.
     *
     * @param noteId      the note
     * @param taxonomy    the version the new category belongs to
     * @param reviewer    who
     * @param oldCategory the label before, or null when there was none
     * @param newCategory the label now
     * @param reason      why, or null
     * @param selection   how the note came before the person, or null when it is not known
     * @param at          when
     */
    record Reviewed(
            int version,
            String eventId,
            String noteId,
            TaxonomyRef taxonomy,
            String reviewer,
            String oldCategory,
            String newCategory,
            String reason,
            Selection selection,
            Instant at)
            implements AuditEvent {
        public Reviewed {
            Objects.requireNonNull(eventId, "eventId");
            Objects.requireNonNull(noteId, "noteId");
            Objects.requireNonNull(taxonomy, "taxonomy");
            Objects.requireNonNull(reviewer, "reviewer");
            Objects.requireNonNull(newCategory, "newCategory");
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * The words of the note were erased. Its decisions stay as far as counts need them.
     *
     * @param noteId  the note; where only words elsewhere had to go, a name of the erasure's own
     * @param erasure id of the erasure, which may have erased other notes, too
     * @param by      who asked for it
     * @param reason  why, or null; never the words that were looked for
     * @param notes   how many notes were erased by it
     * @param records how many records were emptied or rewritten for it
     * @param digest  SHA-256 over the notices in the chain about these records, so that no other notice passes for one of
     *                them (see {@link io.rationale.core.seal.ErasureDigest}); hex
     * @param at      when
     */
    record Erased(
            int version,
            String eventId,
            String noteId,
            String erasure,
            String by,
            String reason,
            long notes,
            long records,
            String digest,
            Instant at)
            implements AuditEvent {
        /** What stands in place of words that were erased. */
        public static final String TEXT = "[erased]";
        /** Header of a record that was emptied or rewritten: id of the erasure. */
        public static final String HEADER = "rationale-erased";

        public Erased {
            Objects.requireNonNull(eventId, "eventId");
            Objects.requireNonNull(noteId, "noteId");
            Objects.requireNonNull(erasure, "erasure");
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(digest, "digest");
            Objects.requireNonNull(at, "at");
        }
    }
}
