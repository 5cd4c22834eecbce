package io.rationale.local.verify.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * One file of a partition, mapped read-only: batches one behind the other. The batch's header says how long it is; a length
 * that cannot be ends the file.
 */
final class Segment {
    private static final int LENGTH_AT = Long.BYTES;
    private static final int LAST_DELTA_AT = 23;
    private static final int HEAD = Long.BYTES + Integer.BYTES;
    /** Octets of a batch without any record. */
    private static final int LEAST = 61;

    private final Path file;
    private final long baseOffset;
    private final ByteBuffer bytes;

    /** @param baseOffset as the file's name says */
    Segment(Path file, long baseOffset) {
        this.file = file;
        this.baseOffset = baseOffset;
        this.bytes = mapped(file);
    }

    private static ByteBuffer mapped(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.size() == 0
                    ? ByteBuffer.allocate(0)
                    : channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return file.getFileName().toString();
    }

    long baseOffset() {
        return baseOffset;
    }

    int size() {
        return bytes.capacity();
    }

    /** Octets of the batch that begins there; nothing when there is none that is whole. */
    Optional<Integer> sizeAt(int position) {
        if (bytes.capacity() - position < LEAST) {
            return Optional.empty();
        }
        long size = HEAD + (long) bytes.getInt(position + LENGTH_AT);
        return size < LEAST || size > bytes.capacity() - position ? Optional.empty() : Optional.of((int) size);
    }

    /** Offset of the last record of the batch there, by its header alone. */
    long lastOffsetAt(int position) {
        return bytes.getLong(position) + bytes.getInt(position + LAST_DELTA_AT);
    }

    /** Whether nothing but zeros follows: room that was kept and not used. */
    boolean isBlankFrom(int position) {
        for (int i = position; i < bytes.capacity(); i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The batch of that many octets there. */
    RecordBatch batch(int position, int size) {
        MutableRecordBatch batch = MemoryRecords.readableRecords(bytes.slice(position, size))
                .batchIterator()
                .next();
        if (batch.magic() != RecordBatch.CURRENT_MAGIC_VALUE) {
            throw new org.apache.kafka.common.errors.CorruptRecordException("a batch of format " + batch.magic());
        }
        return batch;
    }
}
