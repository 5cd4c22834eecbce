package io.rationale.console.intake;

import io.rationale.console.api.ProblemException;
import io.rationale.core.intake.IntakeAnswer;
import io.rationale.core.intake.UnreadableInputException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.BitSet;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;

/**
 * Takes requests without an idempotency key: notes are sent while the body is read, and what Kafka has acknowledged
 * stays, whatever becomes of the rest. Thread safe.
 */
final class PlainIntake {
    private static final int ID_DIGITS = 24;
    private static final Duration BEYOND_DELIVERY = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final NoteReader reader;
    private final NoteRecords records;
    private final KafkaTrouble trouble;
    private final Duration patience;

    /** Thrown out of the reader when the rest of the body need not be read. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** @param timeout after which the producer gives a record up */
    PlainIntake(
            Producer<byte[], byte[]> producer,
            NoteReader reader,
            NoteRecords records,
            KafkaTrouble trouble,
            Duration timeout) {
        this.producer = producer;
        this.reader = reader;
        this.records = records;
        this.trouble = trouble;
        this.patience = timeout.plus(BEYOND_DELIVERY);
    }

    /**
     * Takes what can be taken.
     *
     * @throws ProblemException that says what was accepted, when that is not all
     */
    IntakeAnswer take(NotesBody about, InputStream body) throws IOException, InterruptedException {
        IntakeTally tally = new IntakeTally();
        Delivery delivery = new Delivery(producer);
        BodyTooLargeException tooLarge = null;
        try {
            reader.read(about, body, tally, record -> randomId(), (note, record) -> {
                if (!delivery.send(records.note(note, about.traceparent()), record)) {
                    throw new Stopped();
                }
            });
        } catch (UnreadableInputException e) {
            throw ProblemException.badRequest(IntakeTally.inWordsOfHttp(e.getMessage()));
        } catch (BodyTooLargeException e) {
            tooLarge = e;
        } catch (Stopped e) {
            // The delivery knows why.
        }
        boolean known = delivery.await(patience);
        if (delivery.failure() != null || !known) {
            throw partly(tally, delivery);
        }
        if (tooLarge != null) {
            throw Refusals.tooLarge(tooLarge, tally);
        }
        if (tally.isNothingAccepted()) {
            throw Refusals.nothingAccepted(tally.answer());
        }
        return tally.answer();
    }

    private ProblemException partly(IntakeTally tally, Delivery delivery) throws InterruptedException {
        BitSet unwritten = delivery.unwritten();
        IntakeAnswer answer = tally.answerWithout(unwritten);
        Exception failure = delivery.failure();
        String taken = answer.accepted() == 0
                ? "No note was accepted."
                : "Only the notes of acceptedRecords were accepted; send the others again.";
        ProblemException problem =
                trouble.answer(failure == null ? new java.util.concurrent.TimeoutException() : failure, taken);
        return Refusals.withAnswer(problem, answer).with("acceptedRecords", tally.acceptedRecords());
    }

    private static String randomId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, ID_DIGITS);
    }
}
