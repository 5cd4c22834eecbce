package io.rationale.classifier.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Sends the records of a transaction and tells which of them are too large for their topics. */
final class Outbox {
    private final Producer<byte[], byte[]> producer;
    private final List<Sent> sent = new ArrayList<>();
    /** Why nothing more was sent. */
    private KafkaException stopped;

    private record Sent(Future<RecordMetadata> result, int bytes, IntConsumer onTooLarge) {}

    /** At least one record is too large; who sent it was told, and the transaction is to be aborted. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1;

        private TooLargeException(Throwable cause) {
            super(cause);
        }
    }

    Outbox(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** @param onTooLarge gets the bytes of the value when the topic does not take it */
    void send(ProducerRecord<byte[], byte[]> record, IntConsumer onTooLarge) {
        if (stopped == null) {
            try {
                sent.add(new Sent(producer.send(record), record.value().length, onTooLarge));
            } catch (KafkaException e) {
                stopped = e;
            }
        }
    }

    /** Waits until the brokers have everything; where the records stand, in the order in which they were sent. */
    List<RecordMetadata> flush() throws InterruptedException, ExecutionException, TooLargeException {
        producer.flush();
        List<RecordMetadata> positions = new ArrayList<>();
        ExecutionException tooLarge = null;
        ExecutionException failed = null;
        for (Sent each : sent) {
            try {
                positions.add(each.result().get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RecordTooLargeException) {
                    each.onTooLarge().accept(each.bytes());
                    tooLarge = e;
                } else if (failed == null) {
                    failed = e;
                }
            }
        }
        sent.clear();
        if (tooLarge != null) {
            throw new TooLargeException(tooLarge.getCause());
        }
        if (failed != null) {
            throw failed;
        }
        if (stopped != null) {
            throw stopped;
        }
        return positions;
    }
}
