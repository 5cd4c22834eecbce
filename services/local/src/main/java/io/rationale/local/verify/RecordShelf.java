package io.rationale.local.verify;

import io.rationale.local.verify.log.RecordLogs;
import io.rationale.local.verify.log.StoredRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks records up by their places and keeps what is made of the latest ones, up to a number of bytes: decisions that were
 * made together point to records that stand together.
 *
 * @param <V> what is made of a record
 */
final class RecordShelf<V> {
    /** What an entry costs beside its record. */
    private static final int OVERHEAD = 400;

    private final RecordLogs logs;
    private final Function<StoredRecord, V> making;
    private final long maxBytes;
    private final LinkedHashMap<Place, Kept<V>> kept = new LinkedHashMap<>(1024, 0.75f, true);
    private long bytes;

    private record Place(String topic, int partition, long offset) {}

    private record Kept<V>(V value, long bytes) {}

    RecordShelf(RecordLogs logs, long maxBytes, Function<StoredRecord, V> making) {
        this.logs = logs;
        this.maxBytes = maxBytes;
        this.making = making;
    }

    /** What the record there is; nothing when there is none. */
    Optional<V> at(String topic, int partition, long offset) {
        Place place = new Place(topic, partition, offset);
        Kept<V> known = kept.get(place);
        if (known != null) {
            return Optional.of(known.value());
        }
        List<StoredRecord> found = logs.around(topic, partition, offset);
        if (found.isEmpty() || found.getFirst().offset() != offset) {
            return Optional.empty();
        }
        V asked = making.apply(found.getFirst());
        // The others first, so that the one that was asked for stays longest.
        for (StoredRecord each : found.subList(1, found.size())) {
            Place neighbour = new Place(topic, partition, each.offset());
            if (!kept.containsKey(neighbour)) {
                keep(neighbour, making.apply(each), each);
            }
        }
        keep(place, asked, found.getFirst());
        return Optional.of(asked);
    }

    private void keep(Place place, V value, StoredRecord from) {
        long size = OVERHEAD + (from.value() == null ? 0 : 3L * from.value().length);
        kept.put(place, new Kept<>(value, size));
        bytes += size;
        var eldest = kept.entrySet().iterator();
        while (bytes > maxBytes && kept.size() > 1) {
            Map.Entry<Place, Kept<V>> old = eldest.next();
            bytes -= old.getValue().bytes();
            eldest.remove();
        }
    }
}
