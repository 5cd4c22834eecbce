package io.rationale.classifier.simulation;

import io.rationale.core.ledger.OffsetLedger;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** A partition at the broker: its records, what the audit says about them, and the committed offset. */
final class PartitionLog {
    private static final int ALWAYS_COMPARED = 256;
    private static final double COMPARED = 0.02;

    private final BitSet records;
    private final BitSet decided = new BitSet();
    private final Random random;
    private final Tally tally;
    private final int maxMetadata;
    private int committed;
    private String metadata = "";
    /** Offsets of an open transaction are not stable: a new owner waits for its end. */
    private Transaction open;

    private Instance owner;
    private int ownership;

    PartitionLog(BitSet records, int maxMetadata, Tally tally, Random random) {
        this.records = records;
        this.maxMetadata = maxMetadata;
        this.tally = tally;
        this.random = random;
    }

    int committed() {
        return committed;
    }

    String metadata() {
        return metadata;
    }

    boolean isDecided(int offset) {
        return decided.get(offset);
    }

    int decidedFrom(int offset) {
        return (int) decided.stream().filter(each -> each > offset).count();
    }

    boolean isStable() {
        return open == null;
    }

    void opened(Transaction by) {
        Check.that(open == null, "one transaction at a time changes a partition's offset");
        open = by;
    }

    void closed(Transaction by) {
        if (open == by) {
            open = null;
        }
    }

    Instance owner() {
        return owner;
    }

    /** How often it changed hands. */
    int ownership() {
        return ownership;
    }

    void give(Instance to) {
        owner = to;
        ownership++;
    }

    /** The next record at or after that offset, -1 at the end. */
    int next(int offset) {
        return records.nextSetBit(offset);
    }

    /** All records are decided and the committed offset stands behind the last. */
    boolean isDone() {
        return committed >= records.length();
    }

    void commit(List<Task> tasks, int offset, String written) {
        for (Task task : tasks) {
            Check.that(records.get(task.offset), "only records are decided");
            Check.that(!decided.get(task.offset), "a note is decided once");
            decided.set(task.offset);
            task.decided();
        }
        Check.that(offset >= committed, "the watermark never goes back");
        Check.that(written.length() <= maxMetadata, "the metadata fits");
        for (int each = records.nextSetBit(committed);
                each >= 0 && each < offset;
                each = records.nextSetBit(each + 1)) {
            Check.that(decided.get(each), "the watermark passes nothing that is undecided");
        }
        committed = offset;
        metadata = written;
        tally.longestMetadata = Math.max(tally.longestMetadata, written.length());
        int span = decided.length() - committed;
        tally.longestSpan = Math.max(tally.longestSpan, span);
        if (span <= ALWAYS_COMPARED || random.nextDouble() < COMPARED) {
            compare();
        }
    }

    /** The committed ledger says of every record what the audit says. */
    void compare() {
        OffsetLedger ledger = OffsetLedger.restore(committed, metadata);
        int end = decided.length() + 2;
        for (int each = records.nextSetBit(committed); each >= 0 && each < end; each = records.nextSetBit(each + 1)) {
            Check.that(ledger.isFinished(each) == decided.get(each), "the ledger is the audit's");
        }
    }
}
