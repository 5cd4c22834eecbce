package io.rationale.local.verify;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.seal.ChainEvent;
import io.rationale.core.seal.ErasureDigest;
import io.rationale.local.verify.log.RecordLogs;
import io.rationale.local.verify.log.StoredRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The notices of what was erased on purpose, by the records' places. A notice counts for what it says only together with the
 * event in the audit that records its erasure, and seals all notices of it.
 */
final class Erasures {
    private final String chainTopic;
    private final Map<String, NavigableMap<Long, ChainEvent.Erased>> first = new HashMap<>();
    private final Map<String, List<ChainEvent.Erased>> byPlace = new HashMap<>();
    private final Map<String, List<Notice>> byErasure = new TreeMap<>();
    private final Map<String, String> recorded = new HashMap<>();
    private long count;

    /** Where a notice stands. */
    private record Notice(ChainEvent.Erased notice, int partition, long offset) {}

    private Erasures(String chainTopic) {
        this.chainTopic = chainTopic;
    }

    /** Those in that topic. */
    static Erasures in(RecordLogs logs, String chainTopic) {
        Erasures erasures = new Erasures(chainTopic);
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
                // What the chain sealed is what stood there before anything was erased.
                first.computeIfAbsent(notice.key(), any -> new TreeMap<>()).putIfAbsent(notice.offset(), notice);
                byPlace.computeIfAbsent(place(notice.key(), notice.offset()), any -> new ArrayList<>())
                        .add(notice);
                byErasure
                        .computeIfAbsent(Objects.toString(notice.erasure(), ""), any -> new ArrayList<>())
                        .add(new Notice(notice, each.partition(), each.offset()));
                count++;
            }
        } catch (RuntimeException e) {
            // The chain's own check tells of it.
        }
    }

    private static String place(String key, long offset) {
        return key + "@" + offset;
    }

    /** The first notice about that record. */
    Optional<ChainEvent.Erased> of(String topic, int partition, long offset) {
        return Optional.ofNullable(all(topic, partition).get(offset));
    }

    /** Those of a partition, by offset. */
    NavigableMap<Long, ChainEvent.Erased> all(String topic, int partition) {
        return first.getOrDefault(topic + "-" + partition, Collections.emptyNavigableMap());
    }

    /** Whether that is what an erasure left in the place of the record, as far as its notices say it. */
    boolean isReplacement(String topic, int partition, StoredRecord stored) {
        List<ChainEvent.Erased> notices =
                byPlace.getOrDefault(place(topic + "-" + partition, stored.offset()), List.of());
        String digest = HexFormat.of().formatHex(stored.digest().toArray());
        return notices.stream().anyMatch(each -> each.replacement() == null)
                || notices.stream().anyMatch(each -> digest.equals(each.replacement()) || digest.equals(each.digest()));
    }

    /** Takes note of an erasure that the audit records. */
    void recorded(AuditEvent.Erased event) {
        recorded.put(event.erasure(), event.digest());
    }

    /** Tells of notices that belong to no erasure of the audit, after all of the audit was seen. */
    void check(Findings findings) {
        byErasure.forEach((erasure, notices) -> {
            String digest = ErasureDigest.of(
                    notices.stream().map(Notice::notice).distinct().toList());
            if (digest.equals(recorded.get(erasure))) {
                findings.holds(Check.ERASURES);
                return;
            }
            Notice one = notices.getFirst();
            findings.broken(
                    Check.ERASURES,
                    chainTopic,
                    one.partition(),
                    one.offset(),
                    recorded.containsKey(erasure)
                            ? "The notices of erasure " + erasure + " are not those that the audit records: "
                                    + "one was added, changed or removed."
                            : "A notice says that a record was erased, and the audit records no such erasure.");
        });
    }

    /** How many. */
    long count() {
        return count;
    }
}
