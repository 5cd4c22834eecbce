package io.rationale.local.verify;

import io.rationale.core.json.Json;
import io.rationale.core.seal.ChainEvent;
import io.rationale.local.verify.log.RecordLogs;
import io.rationale.local.verify.log.StoredRecord;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The notices of what was erased on purpose, by the records' places. */
final class Erasures {
    private final Map<String, NavigableMap<Long, ChainEvent.Erased>> notices = new HashMap<>();
    private long count;

    /** Those in that topic. */
    static Erasures in(RecordLogs logs, String chainTopic) {
        Erasures erasures = new Erasures();
        for (int partition = 0; partition < logs.partitions(chainTopic); partition++) {
            try (RecordLogs.Cursor cursor = logs.read(
                    chainTopic, partition, logs.extent(chainTopic, partition).first())) {
                for (Optional<StoredRecord> each = cursor.next(); each.isPresent(); each = cursor.next()) {
                    erasures.take(each.get());
                }
            }
        }
        return erasures;
    }

    private void take(StoredRecord each) {
        boolean isLink =
                each.header("ce_type").filter(type -> type.contains(".sealed.")).isPresent();
        if (isLink || each.value() == null) {
            return;
        }
        try {
            if (Json.read(each.value(), ChainEvent.class) instanceof ChainEvent.Erased notice) {
                notices.computeIfAbsent(notice.key(), any -> new TreeMap<>()).put(notice.offset(), notice);
                count++;
            }
        } catch (RuntimeException e) {
            // The chain's own check tells of it.
        }
    }

    /** The notice about that record. */
    Optional<ChainEvent.Erased> of(String topic, int partition, long offset) {
        return Optional.ofNullable(all(topic, partition).get(offset));
    }

    /** Those of a partition, by offset. */
    NavigableMap<Long, ChainEvent.Erased> all(String topic, int partition) {
        return notices.getOrDefault(topic + "-" + partition, Collections.emptyNavigableMap());
    }

    /** How many. */
    long count() {
        return count;
    }
}
