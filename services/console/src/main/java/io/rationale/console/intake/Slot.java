package io.rationale.console.intake;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.Producer;

/**
 * One of the transactional ids that all replicas share: a producer of it, made when it is needed. To make one finishes or
 * aborts whatever another replica was doing in this slot, and fences it. Used under {@link #lock()}.
 */
final class Slot {
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final int number;
    private final IntFunction<Producer<byte[], byte[]>> producers;
    private final ReentrantLock lock = new ReentrantLock();
    private Producer<byte[], byte[]> producer;

    /** @param producers makes a producer with the transactional id of a slot */
    Slot(int number, IntFunction<Producer<byte[], byte[]>> producers) {
        this.number = number;
        this.producers = producers;
    }

    int number() {
        return number;
    }

    /** One request at a time. */
    ReentrantLock lock() {
        return lock;
    }

    /** The slot's producer, which is this replica's until another takes the slot over. */
    Producer<byte[], byte[]> producer() {
        if (producer == null) {
            Producer<byte[], byte[]> made = producers.apply(number);
            try {
                made.initTransactions();
            } catch (RuntimeException e) {
                made.close(Duration.ZERO);
                throw e;
            }
            producer = made;
        }
        return producer;
    }

    /** Lets the producer go, whatever state it is in. */
    void drop() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    /** Lets the producer go in peace. */
    void close() {
        if (producer != null) {
            producer.close(CLOSE);
            producer = null;
        }
    }
}
