package io.rationale.console.notes;

import io.rationale.console.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads records of a topic by their offsets, committed ones only: near ones in one go, far ones by jumping there. Keeps a
 * few consumers for later. Thread safe.
 */
final class RecordPicker implements AutoCloseable {
    private static final int MOST_IDLE = 4;
    private static final int MOST_RECORDS = 100;
    private static final int FETCH_BYTES = 512 * 1024;
    /** Records that are rather read than jumped over. */
    private static final int NEAR = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaClients clients;
    private final String topic;
    private final String clientId;
    private final Queue<Consumer<byte[], byte[]>> idle = new ConcurrentLinkedQueue<>();

    RecordPicker(KafkaClients clients, String topic, String clientId) {
        this.clients = clients;
        this.topic = topic;
        this.clientId = clientId;
    }

    /**
     * Shows the records at those offsets; those that are gone, or not there yet, are left out.
     *
     * @param offsets rising
     * @param visitor called on this thread; what it throws ends the reading
     */
    void forEach(
            int partition, LongStream offsets, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        Consumer<byte[], byte[]> pooled = idle.poll();
        Consumer<byte[], byte[]> reader = pooled != null ? pooled : clients.picker(clientId, MOST_RECORDS, FETCH_BYTES);
        try {
            Picking picking = new Picking(reader, new TopicPartition(topic, partition));
            for (PrimitiveIterator.OfLong wanted = offsets.iterator(); wanted.hasNext(); ) {
                picking.at(wanted.nextLong()).ifPresent(visitor);
            }
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
        release(reader);
    }

    private void release(Consumer<byte[], byte[]> reader) {
        if (idle.size() < MOST_IDLE) {
            idle.add(reader);
        } else {
            reader.close();
        }
    }

    @Override
    public void close() {
        for (Consumer<byte[], byte[]> reader = idle.poll(); reader != null; reader = idle.poll()) {
            reader.close();
        }
    }

    /** One pass over a partition. */
    private static final class Picking {
        private final Consumer<byte[], byte[]> reader;
        private final TopicPartition partition;
        private final Queue<ConsumerRecord<byte[], byte[]>> ahead = new ArrayDeque<>();
        private final long end;
        private boolean begun;

        Picking(Consumer<byte[], byte[]> reader, TopicPartition partition) {
            this.reader = reader;
            this.partition = partition;
            reader.assign(List.of(partition));
            this.end = reader.endOffsets(List.of(partition)).get(partition);
        }

        Optional<ConsumerRecord<byte[], byte[]>> at(long offset) {
            if (offset >= end) {
                return Optional.empty();
            }
            dropBefore(offset);
            if (ahead.isEmpty()) {
                fetch(offset);
                dropBefore(offset);
            }
            return Optional.ofNullable(ahead.peek()).filter(read -> read.offset() == offset);
        }

        private void dropBefore(long offset) {
            while (!ahead.isEmpty() && ahead.element().offset() < offset) {
                ahead.remove();
            }
        }

        private void fetch(long offset) {
            if (!begun || offset - reader.position(partition) > NEAR) {
                reader.seek(partition, offset);
                begun = true;
            }
            long patience = System.nanoTime() + PATIENCE.toNanos();
            while (reader.position(partition) <= offset && System.nanoTime() - patience < 0) {
                ahead.clear();
                reader.poll(POLL).forEach(ahead::add);
            }
        }
    }
}
