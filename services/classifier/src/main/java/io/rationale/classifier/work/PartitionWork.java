package io.rationale.classifier.work;

import io.rationale.classifier.metrics.LoopMetrics;
import io.rationale.core.ledger.OffsetLedger;
import java.time.Duration;
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
    private volatile boolean leaving;
    private long watermarkSince = System.nanoTime();
    private int metadataLength;

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
        long before = ledger.watermark();
        offsets.forEach(ledger::finish);
        if (ledger.watermark() != before) {
            watermarkSince = System.nanoTime();
        }
        String metadata = ledger.metadata();
        metadataLength = metadata.length();
        return new OffsetAndMetadata(ledger.watermark(), metadata);
    }

    /** Takes the next record in; false when a predecessor finished it. */
    public synchronized boolean accept(long offset) {
        if (ledger.unfinished() == 0) {
            watermarkSince = System.nanoTime();
        }
        return ledger.accept(offset);
    }

    /** The first offset that is not finished. */
    public synchronized long watermark() {
        return ledger.watermark();
    }

    /** @param end the offset after the last record in the log */
    public synchronized LoopMetrics.PartitionState state(long end, boolean isPaused, boolean isLedgerFull) {
        Duration age = ledger.unfinished() == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - watermarkSince);
        return new LoopMetrics.PartitionState(
                partition,
                Math.max(0, end - ledger.watermark()),
                ledger.unfinished(),
                ledger.span(),
                metadataLength,
                age,
                isPaused,
                isLedgerFull);
    }

    /** Whether the ledger can hold that record, the next in the log, unfinished. */
    public synchronized boolean hasRoom(long offset) {
        return ledger.hasRoom(offset);
    }

    /** Whether the partition is about to go, or has gone: no more calls are started for it. */
    public boolean isLeaving() {
        return leaving;
    }

    /** The partition is about to go: what runs may end. */
    public void leave() {
        leaving = true;
    }

    /** The partition is no longer ours. */
    public void release() {
        leaving = true;
        owned = false;
    }
}
