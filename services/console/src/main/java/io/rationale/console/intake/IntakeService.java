package io.rationale.console.intake;

import io.rationale.console.api.ProblemException;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.intake.IntakeAnswer;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/** Takes bodies of notes into the notes topic and answers when Kafka has them. Thread safe. */
final class IntakeService implements AutoCloseable {
    private static final long BUFFER_BYTES = 32L * 1024 * 1024;
    private static final long BUFFER_BYTES_OF_A_SLOT = 8L * 1024 * 1024;
    private static final Duration LONGEST_WAIT_FOR_ROOM = Duration.ofSeconds(2);

    private final Limits limits;
    private final Semaphore running;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final CarriedOut carriedOut;
    private final PlainIntake plain;
    private final KeyedIntake keyed;

    /**
     * What is taken.
     *
     * @param maxBodyBytes largest body
     * @param maxRequests  requests at a time
     * @param timeout      longest wait for Kafka
     * @param decoder      limits of a note
     */
    record Limits(long maxBodyBytes, int maxRequests, Duration timeout, NoteDecoder decoder) {}

    IntakeService(KafkaClients clients, Topics topics, Limits limits, InstantSource clock) {
        this.limits = limits;
        this.running = new Semaphore(limits.maxRequests());
        this.admin = clients.admin();
        NoteReader reader = new NoteReader(limits.decoder());
        NoteRecords records = new NoteRecords(topics, clock);
        KafkaTrouble trouble = new KafkaTrouble(admin);
        Duration timeout = limits.timeout();
        this.producer = clients.producer("console-intake", plainSettings(timeout));
        this.plain = new PlainIntake(producer, reader, records, trouble, timeout);
        this.carriedOut = new CarriedOut(clients, admin, topics.intakeRequests(), clock);
        this.keyed = new KeyedIntake(
                slot -> clients.producer("console-intake-" + slot, keyedSettings(topics, slot, timeout)),
                carriedOut,
                reader,
                records,
                trouble,
                timeout);
    }

    private static Map<String, Object> plainSettings(Duration timeout) {
        Map<String, Object> settings = settings(timeout);
        settings.put("linger.ms", 5);
        settings.put("buffer.memory", BUFFER_BYTES);
        settings.put("max.block.ms", Math.min(LONGEST_WAIT_FOR_ROOM.toMillis(), timeout.toMillis()));
        return settings;
    }

    private static Map<String, Object> keyedSettings(Topics topics, int slot, Duration timeout) {
        Map<String, Object> settings = settings(timeout);
        settings.put("transactional.id", topics.prefix() + "intake-" + slot);
        settings.put("transaction.timeout.ms", (int) timeout.toMillis());
        settings.put("linger.ms", 0);
        settings.put("buffer.memory", BUFFER_BYTES_OF_A_SLOT);
        settings.put("max.block.ms", timeout.toMillis());
        return settings;
    }

    private static Map<String, Object> settings(Duration timeout) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("delivery.timeout.ms", (int) timeout.toMillis());
        settings.put("request.timeout.ms", (int) timeout.toMillis() / 3);
        return settings;
    }

    /** Begins to follow the requests that are carried out. */
    void start() {
        carriedOut.start();
    }

    /**
     * Takes what can be taken.
     *
     * @param key that makes the request count once, or null
     * @throws ProblemException when it is not taken, or not all of it
     * @throws IOException      when the body cannot be read
     */
    IntakeAnswer take(NotesBody about, InputStream body, String key) throws IOException, InterruptedException {
        if (!running.tryAcquire()) {
            throw ProblemException.of(
                            429, limits.maxRequests() + " requests are being taken in already; no note was accepted.")
                    .retryAfter(1);
        }
        try {
            InputStream limited = new LimitedBody(body, limits.maxBodyBytes());
            return key == null ? plain.take(about, limited) : takeOnce(about, limited, key);
        } finally {
            running.release();
        }
    }

    private IntakeAnswer takeOnce(NotesBody about, InputStream body, String key)
            throws IOException, InterruptedException {
        try (SpooledBody spooled = SpooledBody.of(body)) {
            return keyed.take(about, spooled, key);
        } catch (BodyTooLargeException e) {
            throw Refusals.tooLarge(e, new IntakeTally());
        }
    }

    /** The largest body that is taken. */
    long maxBodyBytes() {
        return limits.maxBodyBytes();
    }

    @Override
    public void close() {
        keyed.close();
        producer.close(Duration.ofSeconds(5));
        carriedOut.close();
        admin.close(Duration.ofSeconds(1));
    }
}
