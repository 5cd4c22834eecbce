package io.rationale.local.verify.log;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.RecordBatch;

/** Which transactions of a partition were aborted, and from where on nothing is decided yet. */
final class Transactions {
    /** First offset of each transaction that has no marker yet, by producer. */
    private final Map<Long, Long> open = new HashMap<>();
    /** Of each producer: first offset of an aborted transaction to that of its marker. */
    private final Map<Long, TreeMap<Long, Long>> aborted = new HashMap<>();

    /** Takes the next batch of the log. */
    void take(RecordBatch batch) {
        if (batch.isControlBatch()) {
            marker(batch);
        } else if (batch.isTransactional()) {
            open.putIfAbsent(batch.producerId(), batch.baseOffset());
        }
    }

    private void marker(RecordBatch batch) {
        ControlRecordType type = ControlRecordType.parse(batch.iterator().next().key());
        if (type != ControlRecordType.ABORT && type != ControlRecordType.COMMIT) {
            return;
        }
        Long first = open.remove(batch.producerId());
        if (first != null && type == ControlRecordType.ABORT) {
            aborted.computeIfAbsent(batch.producerId(), any -> new TreeMap<>()).put(first, batch.baseOffset());
        }
    }

    /** Whether the batch belongs to an aborted transaction. */
    boolean isAborted(RecordBatch batch) {
        TreeMap<Long, Long> ranges = batch.isTransactional() ? aborted.get(batch.producerId()) : null;
        Map.Entry<Long, Long> range = ranges == null ? null : ranges.floorEntry(batch.baseOffset());
        return range != null && batch.baseOffset() < range.getValue();
    }

    /** The offset before which everything is committed or aborted. */
    long stableEnd(long end) {
        return open.values().stream().mapToLong(Long::longValue).min().orElse(end);
    }
}
