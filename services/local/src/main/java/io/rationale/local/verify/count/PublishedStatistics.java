package io.rationale.local.verify.count;

import io.rationale.core.json.Json;
import io.rationale.core.statistics.CategoryCount;
import io.rationale.core.statistics.Span;
import io.rationale.local.verify.log.RecordLogs;
import io.rationale.local.verify.log.StoredRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the topic of the statistics holds: the latest count of each key. Memory grows with the keys. Used by one thread. */
public final class PublishedStatistics {
    private final Map<String, Latest> latest = new HashMap<>();
    private final Set<String> dimensions = new HashSet<>();
    private final Names names;
    private long next;

    private record Latest(CategoryCount count, long offset) {}

    /** @param names shared with the recount */
    public PublishedStatistics(Names names) {
        this.names = names;
    }

    /** Reads on to what the topic holds now. */
    public void readOn(RecordLogs logs, String topic) {
        if (logs.partitions(topic) == 0) {
            return;
        }
        try (RecordLogs.Cursor cursor =
                logs.read(topic, 0, Math.max(next, logs.extent(topic, 0).first()))) {
            for (Optional<StoredRecord> each = cursor.next(); each.isPresent(); each = cursor.next()) {
                take(each.get());
                next = each.get().offset() + 1;
            }
        }
    }

    private void take(StoredRecord each) {
        if (each.value() == null) {
            latest.remove(each.key());
            return;
        }
        try {
            CategoryCount count = Json.read(each.value(), CategoryCount.class);
            if (count.partition() != null && count.span() != null && count.generation() != null) {
                latest.put(each.key(), new Latest(count, each.offset()));
                if (count.dimension() != null) {
                    dimensions.add(count.dimension());
                }
            }
        } catch (RuntimeException e) {
            // The consoles leave it out, too; if it was a count, it is missing.
            latest.remove(each.key());
        }
    }

    /** Names of the labels that are counted. */
    Set<String> dimensions() {
        return dimensions;
    }

    /** The counts of one partition of the audit, by day; those of its latest counting. */
    Map<Cell, Amounts> of(int partition) {
        long generation = latest.values().stream()
                .filter(each -> each.count().partition() == partition)
                .mapToLong(each -> each.count().generation())
                .max()
                .orElse(0);
        Map<Cell, Amounts> cells = new HashMap<>();
        latest.values().stream()
                .filter(each ->
                        each.count().partition() == partition && each.count().generation() == generation)
                .forEach(each -> add(each, cells));
        return cells;
    }

    private void add(Latest each, Map<Cell, Amounts> cells) {
        CategoryCount count = each.count();
        long minute = Math.floorDiv(count.bucket().getEpochSecond(), 60L);
        Cell cell = new Cell(
                names.of(count.taxonomy()),
                names.of(count.category()),
                names.of(count.source()),
                names.of(count.dimension()),
                names.of(count.value()),
                Names.NONE,
                count.span() == Span.OLDER ? Cell.OLDER : Cell.dayOf(minute));
        cells.computeIfAbsent(cell, any -> new Amounts())
                .addPublished(count.count(), count.agreement(), count.usage(), each.offset());
        count.models().forEach((model, notes) -> {
            Amounts judged = cells.computeIfAbsent(cell.by(names.of(model)), any -> new Amounts());
            judged.addPublished(notes, 0, io.rationale.core.r1.Usage.NONE, each.offset());
        });
    }
}
