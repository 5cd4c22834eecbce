package io.rationale.core.seal;

import io.rationale.core.json.Bytes;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Gathers the records of a link that is not sealed yet. The same class makes links and checks them. Used by one thread.
 */
public final class LinkBuilder {
    private final String topic;
    private final int partition;
    private final ChainHead before;
    private final MessageDigest sha256 = RecordDigest.sha256();
    private long firstOffset = -1;
    private long lastOffset;
    private long records;

    /** @param before the link that it goes on from */
    public LinkBuilder(String topic, int partition, ChainHead before) {
        this.topic = topic;
        this.partition = partition;
        this.before = before;
        this.lastOffset = before.lastOffset();
    }

    /**
     * Takes the next record in.
     *
     * @throws IllegalArgumentException when it does not stand behind the one before
     */
    public void add(long offset, Bytes digest) {
        if (offset <= lastOffset) {
            throw new IllegalArgumentException("offset " + offset + " is sealed already up to " + lastOffset);
        }
        firstOffset = records == 0 ? offset : firstOffset;
        lastOffset = offset;
        records++;
        sha256.update(digest.toArray());
    }

    /** How many records it has. */
    public long records() {
        return records;
    }

    /** Offset of its first record, -1 without one. */
    public long firstOffset() {
        return firstOffset;
    }

    /** Offset of its last record; without one that of the link before. */
    public long lastOffset() {
        return lastOffset;
    }

    /**
     * Ends the link: nothing more can be added.
     *
     * @param published what the statistics say, or null
     * @throws IllegalStateException when it has no record
     */
    public ChainEvent.Sealed seal(Instant at, Published published) {
        if (records == 0) {
            throw new IllegalStateException("a link seals one record at least");
        }
        return ChainEvent.Sealed.of(
                topic,
                partition,
                before,
                firstOffset,
                lastOffset,
                records,
                HexFormat.of().formatHex(sha256.digest()),
                at,
                published);
    }

    /** Ends the link and tells only the digest of its records, hex. */
    public String digest() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
