package io.rationale.core.ledger;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is finished in one partition when work ends out of order.
 *
 * <p>The watermark is the first offset that is not finished: what Kafka's committed offset means. What is finished
 * beyond it is kept as runs and travels in the commit's metadata, so that a successor skips it. Offsets that hold no
 * record (transaction markers, compacted ones) count as finished once a later record was seen.
 *
 * <p>Not thread safe; offsets are accepted in rising order, as Kafka delivers them.
 */
public final class OffsetLedger {
    /**
     * So many notes may be unfinished at a time. Between them lie at most as many finished runs, and a pair of runs
     * takes at most four bytes while finished runs stay under 2,097,152 offsets: 2,800 bytes, 3,734 Base64 characters,
     * under the broker's limit of 4,096 ({@code offset.metadata.max.bytes}).
     */
    public static final int MAX_UNFINISHED = 700;

    private final TreeSet<Long> unfinished = new TreeSet<>();
    /** Finished runs beyond the watermark: first offset to the offset after the last. */
    private final TreeMap<Long, Long> finished = new TreeMap<>();
    /** The first offset that was neither accepted nor finished, by this ledger or a predecessor's. */
    private long next;

    private OffsetLedger(long next) {
        this.next = next;
    }

    /** A ledger that begins at an offset, nothing beyond it being finished. */
    public static OffsetLedger startingAt(long offset) {
        return new OffsetLedger(offset);
    }

    /**
     * The ledger that a predecessor committed.
     *
     * @param offset   the committed offset
     * @param metadata the commit's metadata; anything that {@link #metadata()} did not write counts as empty
     */
    public static OffsetLedger restore(long offset, String metadata) {
        OffsetLedger ledger = new OffsetLedger(offset);
        long at = offset;
        boolean isFinished = false;
        for (long length : RunLengths.decode(metadata)) {
            if (isFinished && length > 0) {
                ledger.finished.put(at, at + length);
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
            return unfinished.contains(offset);
        }
        boolean isDone = isInFinishedRun(offset);
        if (offset > next) {
            addRun(next, offset);
        }
        if (!isDone) {
            unfinished.add(offset);
        }
        advanceTo(offset + 1);
        return !isDone;
    }

    /** Marks an accepted offset as finished. */
    public void finish(long offset) {
        if (unfinished.remove(offset)) {
            addRun(offset, offset + 1);
            advanceTo(next);
        }
    }

    /** Whether that offset is done, by this ledger or a predecessor's. */
    public boolean isFinished(long offset) {
        return offset < watermark() || isInFinishedRun(offset);
    }

    /** The first offset that is not finished: what to commit. */
    public long watermark() {
        return unfinished.isEmpty() ? next : unfinished.first();
    }

    /** Accepted and not finished. */
    public int unfinished() {
        return unfinished.size();
    }

    /** Whether another record may be accepted such that {@link #metadata()} keeps within the broker's limit. */
    public boolean hasRoom() {
        return unfinished.size() < MAX_UNFINISHED;
    }

    /** What is finished beyond the watermark, for the commit's metadata; empty when nothing is. */
    public String metadata() {
        long[] lengths = new long[2 * finished.size()];
        long at = watermark();
        int used = 0;
        for (Map.Entry<Long, Long> run : finished.tailMap(at).entrySet()) {
            lengths[used++] = run.getKey() - at;
            lengths[used++] = run.getValue() - run.getKey();
            at = run.getValue();
        }
        return RunLengths.encode(java.util.Arrays.copyOf(lengths, used));
    }

    /** Moves on to that offset and past the run that it lies in or borders on; lets go of runs before the watermark. */
    private void advanceTo(long offset) {
        Map.Entry<Long, Long> run = finished.floorEntry(offset);
        next = run == null ? offset : Math.max(offset, run.getValue());
        finished.headMap(watermark()).clear();
    }

    private boolean isInFinishedRun(long offset) {
        Map.Entry<Long, Long> run = finished.floorEntry(offset);
        return run != null && offset < run.getValue();
    }

    private void addRun(long from, long to) {
        long start = from;
        long end = to;
        Map.Entry<Long, Long> before = finished.floorEntry(from);
        if (before != null && before.getValue() >= from) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        for (Map.Entry<Long, Long> after = finished.ceilingEntry(start);
                after != null && after.getKey() <= end;
                after = finished.ceilingEntry(start)) {
            end = Math.max(end, after.getValue());
            finished.remove(after.getKey());
        }
        finished.put(start, end);
    }
}
