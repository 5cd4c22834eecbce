package io.rationale.core.ledger;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is finished in one partition when work ends out of order.
 *
 * <p>The watermark is the first offset that is not finished: what Kafka's committed offset means. What is finished
 * beyond it is kept as runs and travels in the commit's metadata, so that a successor skips it. Offsets that hold no
 * record (transaction markers, compacted ones) count as finished once a later record was seen.
 *
 * <p><b>The metadata keeps within a limit, in whatever order the work ends.</b> Two forms are at hand, and the shorter is
 * written:
 *
 * <ul>
 *   <li>a bit an offset: fits while the span from the watermark to the last known offset has at most as many offsets as
 *       bits fit, 24,552 of them in 4,096 characters. Finishing never lengthens the span;
 *   <li>variable-length integers, {@code v(n)} bytes for a run of n. Now {@code v(a + b) <= v(a) + v(b)} and
 *       {@code v(1) = 1}, and each run there will ever be is put together of today's finished runs and of single offsets
 *       that are unfinished today. So it never takes more than {@link #worstRunBytes()}: the sum of v over the finished
 *       runs, plus one for each offset that is not finished. By the same law, finishing never raises that number.
 * </ul>
 *
 * <p>So it is enough to look before another record is taken in, which {@link #hasRoom} does. That allows 24,552
 * unfinished records; beyond that span, with finished runs of F bytes between them, 3,069 - F.
 *
 * <p>Every call takes time logarithmic in the number of runs, {@link #metadata()} linear. Not thread safe; offsets are
 * accepted in rising order, as Kafka delivers them.
 */
public final class OffsetLedger {
    /** Characters of metadata that a broker takes unless told otherwise ({@code offset.metadata.max.bytes}). */
    public static final int MAX_METADATA = 4_096;

    /** Bytes of metadata before Base64. */
    private final int maxBytes;
    /** Finished runs beyond the watermark, none bordering on another: first offset to the offset after the last. */
    private final TreeMap<Long, Long> finished = new TreeMap<>();
    /** Offsets in those runs. */
    private long finishedOffsets;
    /** Bytes of their lengths. */
    private long finishedBytes;

    private long watermark;
    /** The first offset that was neither accepted nor finished, by this ledger or a predecessor's. */
    private long next;

    private int unfinished;

    private OffsetLedger(long offset, int maxMetadata) {
        this.maxBytes = LedgerMetadata.bytesWithin(maxMetadata);
        this.watermark = offset;
        this.next = offset;
    }

    /** A ledger that begins at an offset, nothing beyond it being finished. */
    public static OffsetLedger startingAt(long offset) {
        return startingAt(offset, MAX_METADATA);
    }

    /** The same for a broker that takes so many characters of metadata. */
    public static OffsetLedger startingAt(long offset, int maxMetadata) {
        return new OffsetLedger(offset, maxMetadata);
    }

    /**
     * The ledger that a predecessor committed.
     *
     * @param offset   the committed offset
     * @param metadata the commit's metadata; anything that {@link #metadata()} did not write counts as empty
     */
    public static OffsetLedger restore(long offset, String metadata) {
        return restore(offset, metadata, MAX_METADATA);
    }

    /** The same for a broker that takes so many characters of metadata. */
    public static OffsetLedger restore(long offset, String metadata, int maxMetadata) {
        OffsetLedger ledger = new OffsetLedger(offset, maxMetadata);
        long at = offset;
        boolean isFinished = false;
        for (long length : LedgerMetadata.decode(metadata)) {
            if (isFinished) {
                ledger.put(at, at + length);
            }
            at += length;
            isFinished = !isFinished;
        }
        return ledger;
    }

    /**
     * Takes the next record in.
     *
     * @return false when a predecessor already finished it: the record is to be skipped
     */
    public boolean accept(long offset) {
        if (offset < next) {
            return !isFinished(offset);
        }
        if (offset > next) {
            addRun(next, offset);
        }
        boolean isDone = isFinished(offset);
        if (!isDone) {
            unfinished++;
        }
        Map.Entry<Long, Long> run = finished.floorEntry(offset + 1);
        next = run == null ? offset + 1 : Math.max(offset + 1, run.getValue());
        advance();
        return !isDone;
    }

    /** Marks an accepted offset as finished. */
    public void finish(long offset) {
        if (offset < next && !isFinished(offset)) {
            unfinished--;
            addRun(offset, offset + 1);
            advance();
        }
    }

    /** Whether that offset is done, by this ledger or a predecessor's. */
    public boolean isFinished(long offset) {
        Map.Entry<Long, Long> run = finished.floorEntry(offset);
        return offset < watermark || run != null && offset < run.getValue();
    }

    /** The first offset that is not finished: what to commit. */
    public long watermark() {
        return watermark;
    }

    /** Accepted and not finished. */
    public int unfinished() {
        return unfinished;
    }

    /** Offsets from the watermark to the last that was accepted or finished. */
    public long span() {
        return end() - watermark;
    }

    /**
     * Whether that record, the next in the log, may be accepted such that {@link #metadata()} keeps within the limit in
     * whatever order work ends. A single record may always be, lest a limit that was lowered stops the partition.
     */
    public boolean hasRoom(long offset) {
        return unfinished == 0
                || Math.max(end(), offset + 1) - watermark <= Byte.SIZE * (long) maxBytes
                || worstRunBytes() + bytesOfAccepting(offset) <= maxBytes;
    }

    /** What is finished beyond the watermark, for the commit's metadata; empty when nothing is. */
    public String metadata() {
        long[] lengths = new long[2 * finished.size()];
        long at = watermark;
        int used = 0;
        for (Map.Entry<Long, Long> run : finished.entrySet()) {
            lengths[used++] = run.getKey() - at;
            lengths[used++] = run.getValue() - run.getKey();
            at = run.getValue();
        }
        return LedgerMetadata.encode(Arrays.copyOf(lengths, used));
    }

    /** No order in which the accepted work ends needs more bytes for the lengths of runs. */
    private long worstRunBytes() {
        return finishedBytes + span() - finishedOffsets;
    }

    /** One for the offset itself, unless it is counted already, and those of the gap before it. */
    private long bytesOfAccepting(long offset) {
        long gap = offset - end();
        return (gap >= 0 ? 1 : 0) + (gap > 0 ? LedgerMetadata.varintBytes(gap) : 0);
    }

    private long end() {
        return finished.isEmpty() ? next : Math.max(next, finished.lastEntry().getValue());
    }

    private void advance() {
        if (!finished.isEmpty() && finished.firstKey() <= watermark) {
            watermark = remove(finished.firstKey());
        }
    }

    /** Adds a run that begins with an offset that is not finished, joined with those that it spans or borders on. */
    private void addRun(long from, long to) {
        long start = from;
        long end = to;
        Map.Entry<Long, Long> before = finished.floorEntry(from);
        if (before != null && before.getValue() >= from) {
            start = before.getKey();
            end = Math.max(end, remove(start));
        }
        for (Long after = finished.ceilingKey(start); after != null && after <= end; ) {
            end = Math.max(end, remove(after));
            after = finished.ceilingKey(start);
        }
        put(start, end);
    }

    private void put(long from, long to) {
        finished.put(from, to);
        finishedOffsets += to - from;
        finishedBytes += LedgerMetadata.varintBytes(to - from);
    }

    /** @return the offset after its last */
    private long remove(long from) {
        long to = finished.remove(from);
        finishedOffsets -= to - from;
        finishedBytes -= LedgerMetadata.varintBytes(to - from);
        return to;
    }
}
