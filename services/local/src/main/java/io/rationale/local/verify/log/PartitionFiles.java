package io.rationale.local.verify.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.CloseableIterator;

/**
 * The log of one partition, read from its files without a broker, which would repair, and thereby change, what it finds.
 * Opening it reads every batch once: checksums, order, and which transactions were committed. Used by one thread.
 */
final class PartitionFiles {
    private static final long INDEX_EVERY = 256 * 1024;
    /** Records that are read on for one that is looked up: the next ones are likely to be asked for, too. */
    private static final int NEIGHBOURS = 64;

    private static final int OFFSET_DIGITS = 20;
    private static final String SUFFIX = ".log";

    private final String topic;
    private final int partition;
    private final LogFaults faults;
    private final List<Segment> segments;
    private final LeaderEpochs epochs;
    private final Transactions transactions = new Transactions();
    /** A place every now and then, by the offset of its batch. */
    private final NavigableMap<Long, Place> index = new TreeMap<>();

    private long end;
    private boolean isDamaged;

    /** A batch's place. */
    private record Place(int segment, int position) {}

    /**
     * @param isClean whether the broker ended in order, so that the last file ends with a whole batch
     */
    PartitionFiles(Path folder, String topic, int partition, boolean isClean, LogFaults faults) {
        this.topic = topic;
        this.partition = partition;
        this.faults = faults;
        this.segments = segments(folder);
        this.epochs = LeaderEpochs.of(folder);
        scan(isClean);
    }

    private static List<Segment> segments(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{" + OFFSET_DIGITS + "}\\.log"))
                    .map(file -> new Segment(file, baseOffset(file)))
                    .sorted(Comparator.comparingLong(Segment::baseOffset))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long baseOffset(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    RecordLogs.Extent extent() {
        long first = segments.isEmpty() ? 0 : segments.getFirst().baseOffset();
        return new RecordLogs.Extent(first, isDamaged ? end : transactions.stableEnd(end));
    }

    private void scan(boolean isClean) {
        long lastOffset = -1;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            int position = 0;
            long indexed = -INDEX_EVERY;
            Optional<Integer> size = segment.sizeAt(position);
            while (size.isPresent()) {
                Optional<RecordBatch> batch = valid(segment, position, size.get(), lastOffset);
                if (batch.isPresent()) {
                    lastOffset = batch.get().lastOffset();
                    transactions.take(batch.get());
                    if (position - indexed >= INDEX_EVERY) {
                        index.put(batch.get().baseOffset(), new Place(i, position));
                        indexed = position;
                    }
                }
                position += size.get();
                size = segment.sizeAt(position);
            }
            boolean mayEndAnyhow = i == segments.size() - 1 && !isClean;
            if (position < segment.size() && !segment.isBlankFrom(position) && !mayEndAnyhow) {
                damaged(
                        lastOffset + 1,
                        "The file " + segment.name() + " holds no whole batch from octet " + position + " on.");
            }
        }
        end = lastOffset + 1;
    }

    private Optional<RecordBatch> valid(Segment segment, int position, int size, long lastOffset) {
        String where = " in the file " + segment.name() + " at octet " + position;
        try {
            RecordBatch batch = segment.batch(position, size);
            batch.ensureValid();
            if (batch.baseOffset() <= lastOffset || batch.baseOffset() < segment.baseOffset()) {
                damaged(batch.baseOffset(), "The offset of a batch does not follow on the one before" + where + ".");
                return Optional.empty();
            }
            if (!epochs.fit(batch)) {
                damaged(
                        batch.baseOffset(),
                        "The leader epoch of a batch is none that the partition had then" + where + ".");
            }
            return Optional.of(batch);
        } catch (KafkaException | IllegalArgumentException e) {
            damaged(lastOffset + 1, "A batch's checksum does not match its octets" + where + ".");
            return Optional.empty();
        }
    }

    private void damaged(long offset, String what) {
        isDamaged = true;
        faults.damaged(topic, partition, offset, what);
    }

    /** Committed records from that offset on. */
    RecordLogs.Cursor read(long from) {
        return new Reading(from);
    }

    /** The committed records of the batch that holds the offset, from it on. */
    List<StoredRecord> around(long offset) {
        Map.Entry<Long, Place> near = index.floorEntry(offset);
        if (near == null || offset >= extent().end()) {
            return List.of();
        }
        Reading reading = new Reading(near.getValue(), offset);
        List<StoredRecord> found = new ArrayList<>();
        while (found.size() < NEIGHBOURS && reading.nextBatch(found)) {
            // Until there are enough.
        }
        return found;
    }

    /** Goes through the batches; what cannot be read was told by the scan. */
    private final class Reading implements RecordLogs.Cursor {
        private final BufferSupplier buffers = BufferSupplier.create();
        private final long from;
        private final long stableEnd = extent().end();
        private int segment;
        private int position;
        private final List<StoredRecord> batch = new ArrayList<>();
        private int at;

        Reading(long from) {
            this(new Place(0, 0), from);
            Map.Entry<Long, Place> near = index.floorEntry(from);
            if (near != null) {
                segment = near.getValue().segment();
                position = near.getValue().position();
            }
        }

        Reading(Place begin, long from) {
            this.from = from;
            this.segment = begin.segment();
            this.position = begin.position();
        }

        @Override
        public Optional<StoredRecord> next() {
            while (at >= batch.size()) {
                batch.clear();
                at = 0;
                if (!nextBatch(batch)) {
                    return Optional.empty();
                }
            }
            return Optional.of(batch.get(at++));
        }

        /** Adds the records of the next batch that holds any. @return false at the end */
        boolean nextBatch(List<StoredRecord> into) {
            int before = into.size();
            while (segment < segments.size()) {
                Optional<Integer> size = segments.get(segment).sizeAt(position);
                if (size.isEmpty()) {
                    segment++;
                    position = 0;
                } else {
                    int begin = position;
                    position += size.get();
                    if (segments.get(segment).lastOffsetAt(begin) >= from) {
                        take(segments.get(segment), begin, size.get(), into);
                    }
                    if (into.size() > before) {
                        return true;
                    }
                }
            }
            return false;
        }

        private void take(Segment file, int begin, int size, List<StoredRecord> into) {
            try {
                RecordBatch read = file.batch(begin, size);
                if (read.lastOffset() < from
                        || read.isControlBatch()
                        || transactions.isAborted(read)
                        || !isDamagedTold(read)) {
                    return;
                }
                try (CloseableIterator<Record> records = read.streamingIterator(buffers)) {
                    records.forEachRemaining(each -> {
                        if (each.offset() >= from && each.offset() < stableEnd) {
                            into.add(StoredRecord.of(partition, each));
                        }
                    });
                }
            } catch (KafkaException | IllegalArgumentException e) {
                faults.damaged(
                        topic,
                        partition,
                        from,
                        "A batch cannot be read in the file " + file.name() + " at octet " + begin + ".");
            }
        }

        private boolean isDamagedTold(RecordBatch read) {
            return !isDamaged || read.isValid();
        }

        @Override
        public void close() {
            buffers.close();
        }
    }
}
