package io.rationale.console.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a compacted topic whole, from its beginning, by a thread of its own, and goes on with what comes: committed
 * records only, in no group, so that every process gets all of it. After a fault it goes on where it was; where that
 * is no longer sure (the topic was made anew, or tombstones may have been removed meanwhile) it begins again. Thread safe.
 */
public final class CompactedTopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    /** Well below Kafka's {@code delete.retention.ms}: tombstones stay that long, a day unless configured. */
    private static final Duration TOMBSTONES_STAY = Duration.ofHours(1);

    private static final int RECORDS_A_POLL = 5_000;

    /** What becomes of the records. Called on the reader's thread only, which it must not block. */
    public interface Sink {
        /** Forget everything: the topic is read from its beginning next. */
        void clear();

        /** The records of one poll, at least one, in the order of their partitions; a null value is a tombstone. */
        void apply(Iterable<ConsumerRecord<byte[], byte[]>> records);
    }

    private final String topic;
    private final Sink sink;
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final ReaderThread thread;
    private volatile boolean loaded;
    private long lastPoll;

    /**
     * @param topic to read
     * @param name  of the thread; also of the client, after {@code console-}
     */
    public CompactedTopicReader(KafkaClients clients, String topic, String name, Sink sink) {
        this.topic = topic;
        this.sink = sink;
        this.thread = new ReaderThread(name, () -> clients.reader("console-" + name, RECORDS_A_POLL), this::read);
    }

    /** Begins to read. A topic that does not exist yet is waited for. */
    public void start() {
        thread.start();
    }

    /** Whether everything that was in the topic when it was begun has been given to the sink. */
    public boolean loaded() {
        return loaded;
    }

    /** The offset after the last one given to the sink, 0 before any. */
    public long position(TopicPartition partition) {
        return positions.getOrDefault(partition, 0L);
    }

    private void read(Consumer<byte[], byte[]> reader) {
        List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(topic, p.partition()))
                .toList();
        if (partitions.isEmpty()) {
            return;
        }
        reader.assign(partitions);
        Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
        if (isKnownStill(reader.beginningOffsets(partitions), ends)) {
            partitions.forEach(p -> reader.seek(p, position(p)));
        } else {
            begin(reader, partitions);
        }
        while (thread.isOpen()) {
            ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
            if (records.partitions().stream().anyMatch(p -> isBack(records, p))) {
                throw new IllegalStateException("the topic was cut or made anew");
            }
            if (!records.isEmpty()) {
                sink.apply(records);
            }
            partitions.forEach(p -> positions.put(p, reader.position(p)));
            lastPoll = System.nanoTime();
            loaded = loaded || partitions.stream().allMatch(p -> position(p) >= ends.get(p));
        }
    }

    /** Whether what the sink holds can be gone on with. */
    private boolean isKnownStill(Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {
        return positions.keySet().equals(ends.keySet())
                && System.nanoTime() - lastPoll < TOMBSTONES_STAY.toNanos()
                && positions.entrySet().stream()
                        .allMatch(at ->
                                at.getValue() >= beginnings.get(at.getKey()) && at.getValue() <= ends.get(at.getKey()));
    }

    private void begin(Consumer<byte[], byte[]> reader, List<TopicPartition> partitions) {
        loaded = false;
        positions.clear();
        sink.clear();
        reader.seekToBeginning(partitions);
    }

    /** Whether the client was set back to the beginning, because the offset it asked for did not exist. */
    private boolean isBack(ConsumerRecords<byte[], byte[]> records, TopicPartition partition) {
        boolean back = records.records(partition).getFirst().offset() < position(partition);
        if (back) {
            positions.clear();
        }
        return back;
    }

    @Override
    public void close() {
        thread.close();
    }
}
