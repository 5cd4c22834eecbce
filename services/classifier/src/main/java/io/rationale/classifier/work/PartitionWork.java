package io.rationale.classifier.work;

import io.rationale.core.ledger.OffsetLedger;
import java.util.Collection;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition for as long as it is assigned to us: its ledger, shared by the poll loop, which accepts, and the
 * publisher, which finishes. Thread safe.
 */
public final class PartitionWork {
    private final TopicPartition partition;
    private final OffsetLedger ledger;
    private volatile boolean owned = true;

    /** @param committed what the group committed, or null; then the work starts at {@code beginning} */
    public PartitionWork(TopicPartition partition, OffsetAndMetadata committed, long beginning) {
        this.partition = partition;
        this.ledger = committed == null
                ? OffsetLedger.startingAt(beginning)
                : OffsetLedger.restore(committed.offset(), committed.metadata());
    }

    /** Which partition. */
    public TopicPartition partition() {
        return partition;
    }

    /** Whether results for it may still be written by us. */
    public boolean owned() {
        return owned;
    }

    /** Marks the offsets as finished and returns what to commit. */
    public synchronized OffsetAndMetadata finish(Collection<Long> offsets) {
        offsets.forEach(ledger::finish);
        return new OffsetAndMetadata(ledger.watermark(), ledger.metadata());
    }

    /** Takes the next record in; false when a predecessor finished it. */
    public synchronized boolean accept(long offset) {
        return ledger.accept(offset);
    }

    /** Whether the ledger can hold that record, the next in the log, unfinished. */
    public synchronized boolean hasRoom(long offset) {
        return ledger.hasRoom(offset);
    }

    /** The partition is no longer ours. */
    public void release() {
        owned = false;
    }
}
