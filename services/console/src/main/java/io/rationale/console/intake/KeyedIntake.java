package io.rationale.console.intake;

import io.rationale.console.api.ProblemException;
import io.rationale.core.intake.IntakeAnswer;
import io.rationale.core.intake.IntakeRequest;
import io.rationale.core.intake.UnreadableInputException;
import io.rationale.core.json.Bytes;
import io.rationale.core.note.NoteIds;
import io.rationale.core.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Takes requests with an idempotency key: all or nothing, and once, whichever replicas get the request and whenever one
 * of them dies. The notes and the record that the request was carried out are one transaction under the transactional id
 * of the key's slot. Thread safe.
 */
final class KeyedIntake implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KeyedIntake.class);
    private static final int MOST_ATTEMPTS = 12;
    private static final int LONGEST_PAUSE_MILLIS = 400;
    private static final String NOTHING_TAKEN = "It is not known whether the notes were accepted: send the same request"
            + " with the same Idempotency-Key again, and they are accepted once.";

    private final List<Slot> slots;
    private final CarriedOut carriedOut;
    private final NoteReader reader;
    private final NoteRecords records;
    private final KafkaTrouble trouble;
    private final Duration timeout;

    /** Thrown out of the reader when Kafka has failed. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param producers makes a producer with the transactional id of a slot
     * @param timeout   of the whole and of the transaction
     */
    KeyedIntake(
            IntFunction<Producer<byte[], byte[]>> producers,
            CarriedOut carriedOut,
            NoteReader reader,
            NoteRecords records,
            KafkaTrouble trouble,
            Duration timeout) {
        this.slots = IntStream.range(0, Topics.INTAKE_SLOTS)
                .mapToObj(number -> new Slot(number, producers))
                .toList();
        this.carriedOut = carriedOut;
        this.reader = reader;
        this.records = records;
        this.trouble = trouble;
        this.timeout = timeout;
    }

    /**
     * Takes the notes, or answers what was answered before.
     *
     * @throws ProblemException when nothing was taken; when it is not known, it says so
     */
    IntakeAnswer take(NotesBody about, SpooledBody body, String idempotencyKey)
            throws IOException, InterruptedException {
        String key = Bytes.utf8(idempotencyKey).sha256();
        Request request = new Request(key, about.fingerprint(body.sha256()), about, body);
        Optional<IntakeAnswer> before = answered(request);
        if (before.isPresent()) {
            return before.get();
        }
        Slot slot = slots.get(slotOf(key));
        if (!slot.lock().tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw trouble.answer(new TimeoutException(), NOTHING_TAKEN);
        }
        try {
            return take(request, slot);
        } finally {
            slot.lock().unlock();
        }
    }

    /** The same in every replica and version. */
    static int slotOf(String keySha256) {
        return Integer.parseInt(keySha256.substring(0, 4), 16) % Topics.INTAKE_SLOTS;
    }

    private record Request(String key, String fingerprint, NotesBody about, SpooledBody body) {
        /** The same request again makes the same ids. */
        String noteId(int number) {
            return NoteIds.hash(key + '\n' + fingerprint + '\n' + number);
        }
    }

    /** Takes the slot over as often as another replica does, with random pauses, so that one of them gets through. */
    private IntakeAnswer take(Request request, Slot slot) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Exception failure = null;
        for (int attempt = 1; attempt <= MOST_ATTEMPTS && System.nanoTime() - deadline < 0; attempt++) {
            try {
                Producer<byte[], byte[]> producer = slot.producer();
                carriedOut.catchUp(slot.number(), timeout);
                Optional<IntakeAnswer> before = answered(request);
                return before.isPresent() ? before.get() : carryOut(request, slot.number(), producer);
            } catch (KafkaException | IllegalStateException | TimeoutException e) {
                LOG.debugf("A request is tried again; slot=%d attempt=%d error=%s", slot.number(), attempt, e);
                slot.drop();
                failure = e;
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
            }
        }
        boolean isRefused = failure instanceof KafkaException && !isFencing(failure);
        throw trouble.answer(isRefused ? failure : new TimeoutException(), NOTHING_TAKEN);
    }

    private static boolean isFencing(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof org.apache.kafka.common.errors.ProducerFencedException
                    || each instanceof org.apache.kafka.common.errors.InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    private Optional<IntakeAnswer> answered(Request request) {
        Optional<String> before = carriedOut.fingerprint(request.key());
        if (before.isEmpty()) {
            return Optional.empty();
        }
        if (!before.get().equals(request.fingerprint())) {
            throw ProblemException.of(
                    422,
                    "This Idempotency-Key belongs to another request of the last 24 hours: give each request a key of"
                            + " its own.");
        }
        return carriedOut.read(request.key(), timeout).map(IntakeRequest::answer);
    }

    private IntakeAnswer carryOut(Request request, int slot, Producer<byte[], byte[]> producer)
            throws IOException, InterruptedException {
        producer.beginTransaction();
        try {
            IntakeAnswer answer = send(request, producer);
            IntakeRequest done =
                    new IntakeRequest(IntakeRequest.SCHEMA_VERSION, request.fingerprint(), records.now(), answer);
            Future<RecordMetadata> written = producer.send(records.request(request.key(), slot, done));
            producer.commitTransaction();
            carriedOut.committed(request.key(), slot, written.resultNow().offset(), done);
            return answer;
        } catch (ProblemException | IOException e) {
            producer.abortTransaction();
            throw e;
        }
    }

    private IntakeAnswer send(Request request, Producer<byte[], byte[]> producer) throws IOException {
        IntakeTally tally = new IntakeTally();
        Delivery delivery = new Delivery(producer);
        try (InputStream body = request.body().open()) {
            reader.read(request.about(), body, tally, request::noteId, (note, record) -> {
                if (!delivery.send(records.note(note, request.about().traceparent()), record)) {
                    throw new Stopped();
                }
            });
        } catch (UnreadableInputException e) {
            throw ProblemException.badRequest(IntakeTally.inWordsOfHttp(e.getMessage()));
        } catch (Stopped e) {
            throw new KafkaException("a note was not written", delivery.failure());
        }
        if (tally.isNothingAccepted()) {
            throw Refusals.nothingAccepted(tally.answer());
        }
        return tally.answer();
    }

    @Override
    public void close() {
        slots.forEach(Slot::close);
    }
}
