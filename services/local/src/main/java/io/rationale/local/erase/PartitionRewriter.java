package io.rationale.local.erase;

import io.rationale.local.verify.log.StoredRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.apache.kafka.common.utils.CloseableIterator;

/**
 * Rewrites records in the files of one partition that no broker works in. Each record keeps its offset and its time, each
 * batch its producer, its sequence, its transaction and its leader epoch; batches without a changed record are copied
 * octet by octet. A file is replaced as a whole, so that a process that is killed leaves either the one or the other.
 */
final class PartitionRewriter {
    /** Files that a broker left behind on its way to delete or to replace something. */
    private static final List<String> LEFT_OVERS = List.of(".deleted", ".cleaned", ".swap", WholeFiles.SUFFIX);

    private static final int HEAD = Long.BYTES + Integer.BYTES;
    private static final int LEAST = 61;
    private static final int INDEX_EVERY = 4096;
    private static final int INDEX_ENTRY = 2 * Integer.BYTES;

    private final Path folder;
    private final int partition;
    private final Function<StoredRecord, Optional<Rewriter.Rewritten>> rewriting;

    PartitionRewriter(Path folder, int partition, Function<StoredRecord, Optional<Rewriter.Rewritten>> rewriting) {
        this.folder = folder;
        this.partition = partition;
        this.rewriting = rewriting;
    }

    /** Rewrites what has to be. @return how many records were changed */
    long run() throws IOException {
        List<Path> segments = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (LEFT_OVERS.stream().anyMatch(name::endsWith)) {
                    Files.delete(file);
                } else if (name.matches("\\d{20}\\.log")) {
                    segments.add(file);
                }
            }
        }
        long changed = 0;
        for (Path segment : segments) {
            changed += rewrite(segment);
        }
        return changed;
    }

    /** Shows every record, also of transactions that were aborted, and changes nothing. */
    void look() throws IOException {
        List<Path> segments;
        try (Stream<Path> files = Files.list(folder)) {
            segments = files.filter(file -> file.getFileName().toString().matches("\\d{20}\\.log"))
                    .toList();
        }
        for (Path segment : segments) {
            isConcerned(segment);
        }
    }

    private long rewrite(Path segment) throws IOException {
        if (!isConcerned(segment)) {
            return 0;
        }
        long changed = 0;
        List<int[]> index = new ArrayList<>();
        long base = Long.parseLong(segment.getFileName().toString().substring(0, 20));
        try (FileChannel from = FileChannel.open(segment, StandardOpenOption.READ);
                FileChannel to = WholeFiles.begin(segment)) {
            try (OutputStream buffered = new BufferedOutputStream(Channels.newOutputStream(to), 1 << 20)) {
                WritableByteChannel out = Channels.newChannel(buffered);
                long position = 0;
                int written = 0;
                int indexed = 0;
                for (ByteBuffer each = next(from, position); each != null; each = next(from, position)) {
                    position += each.remaining();
                    Batch batch = new Batch(each);
                    ByteBuffer octets = batch.rewritten();
                    changed += batch.changed;
                    if (written - indexed > INDEX_EVERY) {
                        index.add(new int[] {(int) (batch.lastOffset() - base), written});
                        indexed = written;
                    }
                    written += octets.remaining();
                    out.write(octets);
                }
                buffered.flush();
                to.force(true);
            }
        }
        WholeFiles.end(segment);
        writeIndex(segment, index);
        return changed;
    }

    private boolean isConcerned(Path segment) throws IOException {
        try (FileChannel from = FileChannel.open(segment, StandardOpenOption.READ)) {
            long position = 0;
            for (ByteBuffer each = next(from, position); each != null; each = next(from, position)) {
                position += each.remaining();
                if (new Batch(each).isConcerned()) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The batch there; null where no whole one is, which a broker would cut off. */
    private static ByteBuffer next(FileChannel from, long position) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        if (from.size() - position < LEAST || from.read(head, position) < HEAD) {
            return null;
        }
        long size = HEAD + (long) head.getInt(Long.BYTES);
        if (size < LEAST || size > from.size() - position) {
            return null;
        }
        ByteBuffer batch = ByteBuffer.allocate((int) size);
        while (batch.hasRemaining() && from.read(batch, position + batch.position()) >= 0) {
            // All of it.
        }
        return batch.flip();
    }

    /** Places of batches; all else in the folder speaks of offsets and times only, which stay. */
    private static void writeIndex(Path segment, List<int[]> entries) throws IOException {
        String name = segment.getFileName().toString();
        Path file = segment.resolveSibling(name.substring(0, name.length() - ".log".length()) + ".index");
        ByteBuffer octets = ByteBuffer.allocate(entries.size() * INDEX_ENTRY);
        entries.forEach(entry -> octets.putInt(entry[0]).putInt(entry[1]));
        WholeFiles.replace(file, octets.array());
    }

    /** One batch of records. */
    private final class Batch {
        private final ByteBuffer octets;
        private final MutableRecordBatch batch;
        private long changed;

        Batch(ByteBuffer octets) {
            this.octets = octets;
            this.batch = MemoryRecords.readableRecords(octets.duplicate())
                    .batchIterator()
                    .next();
        }

        long lastOffset() {
            return batch.lastOffset();
        }

        boolean isConcerned() {
            if (batch.isControlBatch() || !batch.isValid()) {
                return false;
            }
            try (CloseableIterator<Record> records = batch.streamingIterator(BufferSupplier.NO_CACHING)) {
                while (records.hasNext()) {
                    if (rewriting
                            .apply(StoredRecord.of(partition, records.next()))
                            .isPresent()) {
                        return true;
                    }
                }
                return false;
            }
        }

        ByteBuffer rewritten() {
            if (!isConcerned()) {
                return octets.duplicate();
            }
            boolean isBroker = batch.timestampType() == TimestampType.LOG_APPEND_TIME;
            try (ByteBufferOutputStream out = new ByteBufferOutputStream(octets.remaining() + 1024);
                    MemoryRecordsBuilder builder = new MemoryRecordsBuilder(
                            out,
                            batch.magic(),
                            Compression.of(batch.compressionType()).build(),
                            batch.timestampType(),
                            batch.baseOffset(),
                            isBroker ? batch.maxTimestamp() : RecordBatch.NO_TIMESTAMP,
                            batch.producerId(),
                            batch.producerEpoch(),
                            batch.baseSequence(),
                            batch.isTransactional(),
                            false,
                            batch.partitionLeaderEpoch(),
                            Integer.MAX_VALUE,
                            batch.deleteHorizonMs().orElse(RecordBatch.NO_TIMESTAMP))) {
                try (CloseableIterator<Record> records = batch.streamingIterator(BufferSupplier.NO_CACHING)) {
                    records.forEachRemaining(each -> append(builder, StoredRecord.of(partition, each)));
                }
                // The sequence goes on behind the batch's last record, also where that is gone.
                builder.overrideLastOffset(batch.lastOffset());
                return builder.build().buffer();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private void append(MemoryRecordsBuilder builder, StoredRecord each) {
            Optional<Rewriter.Rewritten> made = rewriting.apply(each);
            changed += made.isPresent() ? 1 : 0;
            byte[] key = made.isPresent() ? made.get().key() : each.keyBytes();
            byte[] value = made.isPresent() ? made.get().value() : each.value();
            List<StoredRecord.Header> headers =
                    made.map(Rewriter.Rewritten::headers).orElse(each.headers());
            builder.appendWithOffset(
                    each.offset(),
                    each.timestamp(),
                    key == null ? null : ByteBuffer.wrap(key),
                    value == null ? null : ByteBuffer.wrap(value),
                    headers.stream()
                            .map(header -> new RecordHeader(header.name(), header.value()))
                            .toArray(Header[]::new));
        }
    }
}
