package io.rationale.classifier.simulation;

import io.rationale.core.ledger.OffsetLedger;
import java.util.ArrayDeque;

/** A partition while an instance owns it: what {@code PartitionWork} and the intake keep. */
final class Work {
    final PartitionLog log;
    final OffsetLedger ledger;
    final ArrayDeque<Integer> polled = new ArrayDeque<>();
    private final int ownership;
    int position;
    boolean owned = true;

    Work(PartitionLog log, int maxMetadata) {
        this.log = log;
        this.ledger = OffsetLedger.restore(log.committed(), log.metadata(), maxMetadata);
        this.position = log.committed();
        this.ownership = log.ownership();
    }

    /** The group gave the partition to somebody since. */
    boolean isOutlived() {
        return ownership != log.ownership();
    }
}
