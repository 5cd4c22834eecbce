package io.rationale.console.intake;

import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The records of one request on their way to Kafka. Thread safe. */
final class Delivery {
    private final Producer<byte[], byte[]> producer;
    private final BitSet unwritten = new BitSet();
    private Exception failure;
    private int underWay;

    Delivery(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Hands a record over; waits while the producer has no room.
     *
     * @param number by which a failure is told
     * @return whether none has failed so far
     */
    boolean send(ProducerRecord<byte[], byte[]> made, int number) {
        synchronized (this) {
            underWay++;
            unwritten.set(number);
        }
        try {
            producer.send(made, (at, exception) -> ended(number, exception));
        } catch (RuntimeException e) {
            ended(number, e);
        }
        return failure() == null;
    }

    private synchronized void ended(int number, Exception exception) {
        underWay--;
        if (exception == null) {
            unwritten.clear(number);
        } else if (failure == null) {
            failure = exception;
        }
        notifyAll();
    }

    /** Waits until the end of every record is known. @return whether it is */
    synchronized boolean await(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (underWay > 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /** What the first failed record failed of; null while none has. */
    synchronized Exception failure() {
        return failure;
    }

    /** The records that Kafka has not acknowledged. */
    synchronized BitSet unwritten() {
        return (BitSet) unwritten.clone();
    }
}
