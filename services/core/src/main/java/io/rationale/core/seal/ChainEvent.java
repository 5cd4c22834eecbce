package io.rationale.core.seal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * What the topic of the chain holds: links, and notices of what was erased on purpose. {@code version} is the version of
 * the event's schema.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.PROPERTY, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChainEvent.Sealed.class, name = "sealed"),
    @JsonSubTypes.Type(value = ChainEvent.Erased.class, name = "erased")
})
public sealed interface ChainEvent {
    /** Version of the schema that this code writes. */
    int SCHEMA_VERSION = 1;

    /** The topic that it is about. */
    String topic();

    /** The partition of that topic. */
    int partition();

    /** The key of its record: links and notices about one partition share it. */
    default String key() {
        return topic() + "-" + partition();
    }

    /** The CloudEvents type. */
    default String cloudEventType() {
        return "io.rationale.audit." + (this instanceof Sealed ? "sealed" : "erased") + ".v" + SCHEMA_VERSION;
    }

    /**
     * A link: seals every committed record of the partition behind the link before, up to {@code lastOffset}. Its hash is
     * SHA-256 over the hash of the link before and all of its own fields (see {@link LinkHash}).
     *
     * @param sequence    from 1 up, without a gap
     * @param firstOffset of the first record
     * @param lastOffset  of the last record
     * @param records     how many there are between, these two included
     * @param digest      SHA-256 over the {@link RecordDigest}s of these records, one behind the other; hex
     * @param previous    hash of the link before; zeros in the first
     * @param hash        of this link; hex
     * @param at          when it was sealed, to the millisecond
     * @param published   what the statistics said of the partition then, or null where they were counting
     */
    record Sealed(
            int version,
            String topic,
            int partition,
            long sequence,
            long firstOffset,
            long lastOffset,
            long records,
            String digest,
            String previous,
            String hash,
            Instant at,
            Published published)
            implements ChainEvent {
        public Sealed {
            Objects.requireNonNull(topic, "topic");
            Objects.requireNonNull(digest, "digest");
            Objects.requireNonNull(previous, "previous");
            Objects.requireNonNull(hash, "hash");
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }

        /** The link with the hash that its fields come to. */
        static Sealed of(
                String topic,
                int partition,
                ChainHead before,
                long firstOffset,
                long lastOffset,
                long records,
                String digest,
                Instant at,
                Published published) {
            Sealed open = new Sealed(
                    SCHEMA_VERSION,
                    topic,
                    partition,
                    before.sequence() + 1,
                    firstOffset,
                    lastOffset,
                    records,
                    digest,
                    before.hash(),
                    "",
                    at,
                    published);
            return new Sealed(
                    SCHEMA_VERSION,
                    topic,
                    partition,
                    open.sequence(),
                    firstOffset,
                    lastOffset,
                    records,
                    digest,
                    before.hash(),
                    LinkHash.of(open),
                    at,
                    published);
        }

        /** Whether its hash is the one that its fields come to. */
        public boolean hasItsHash() {
            return LinkHash.of(this).equals(hash);
        }

        /** How far the chain is with it. */
        public ChainHead head() {
            return new ChainHead(sequence, lastOffset, hash);
        }
    }

    /**
     * A record was erased, or rewritten without what had to go, on purpose: its digest takes its place in the chain, so
     * that everything else stays verifiable.
     *
     * @param topic     the audit, or another topic whose records verdicts point to
     * @param offset    of the record
     * @param digest    {@link RecordDigest} of the record as it was; hex
     * @param by        who decided it
     * @param reason    why, for people
     * @param at        when
     * @param erasure   id of the erasure, which an audit event records; null in notices of before that was recorded
     * @param replacement digest of the record as it is from now on, or null where it was removed
     */
    record Erased(
            int version,
            String topic,
            int partition,
            long offset,
            String digest,
            String by,
            String reason,
            Instant at,
            String erasure,
            String replacement)
            implements ChainEvent {
        public Erased {
            Objects.requireNonNull(topic, "topic");
            Objects.requireNonNull(digest, "digest");
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(at, "at");
        }
    }
}
