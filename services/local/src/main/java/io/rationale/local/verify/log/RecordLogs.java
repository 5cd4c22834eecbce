package io.rationale.local.verify.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Topics whose committed records can be read, in order or by their offsets. Used by one thread. */
public interface RecordLogs extends AutoCloseable {
    /** Partitions of a topic; 0 when it is not there. */
    int partitions(String topic);

    /**
     * What is held of a partition.
     *
     * @param first offset of the first record that may be there
     * @param end   offset behind the last committed one
     */
    record Extent(long first, long end) {}

    /** What is held of a partition. */
    Extent extent(String topic, int partition);

    /** Forgets what was held of a topic, where it may have grown meanwhile. */
    default void refresh(String topic) {}

    /** Committed records of a partition in order, from that offset on. */
    Cursor read(String topic, int partition, long from);

    /**
     * The committed records from that offset on that can be had at once; a few, perhaps none.
     *
     * @return in order; the first is the one of that offset, if there is one
     */
    List<StoredRecord> around(String topic, int partition, long offset);

    /** What a group committed of a topic, by partition; nothing when it did not. */
    Map<Integer, Committed> committed(String group, String topic);

    /** An offset with what its group wrote to it. */
    record Committed(long offset, String metadata) {}

    /** Records one after the other. */
    interface Cursor extends AutoCloseable {
        /** The next one, or nothing behind the last one that was committed when reading began. */
        Optional<StoredRecord> next();

        @Override
        void close();
    }

    @Override
    void close();
}
