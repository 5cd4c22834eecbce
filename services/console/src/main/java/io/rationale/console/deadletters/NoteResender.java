package io.rationale.console.deadletters;

import io.rationale.console.api.ProblemException;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.notes.StoredLetter;
import io.rationale.core.deadletter.ResentNote;
import io.rationale.core.redaction.Redactor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/** Sends the originals of dead letters to the topic of the notes again. Thread safe. */
final class NoteResender implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(NoteResender.class);
    private static final int SECONDS_TO_WAIT = 5;
    private static final Set<String> OURS = Set.of(ResentNote.FROM, ResentNote.NOTE_ID, ResentNote.BY);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final Redactor redactor;
    private final Duration timeout;

    /**
     * @param topic    the notes
     * @param redactor takes out what a letter of earlier days still holds
     * @param timeout  longest wait for the acknowledgement, 1 second or more
     */
    NoteResender(KafkaClients clients, String topic, Redactor redactor, Duration timeout) {
        this.producer = clients.producer("console-resender", settings(timeout));
        this.topic = topic;
        this.redactor = redactor;
        this.timeout = timeout;
    }

    private static Map<String, Object> settings(Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        Map<String, Object> settings = new HashMap<>();
        settings.put("linger.ms", 0);
        settings.put("max.block.ms", millis);
        settings.put("delivery.timeout.ms", millis);
        settings.put("request.timeout.ms", millis / 3);
        return settings;
    }

    /**
     * Answers when all in-sync replicas have it.
     *
     * @param noteId the note that it is, or nothing
     * @param by     who wants it, or nothing where nobody is asked
     * @return where it stands now
     * @throws ProblemException 503 when Kafka does not acknowledge it in time, 500 when Kafka refuses it
     */
    RecordMetadata resend(StoredLetter stored, Optional<String> noteId, Optional<String> by)
            throws InterruptedException {
        try {
            return producer.send(recordOf(stored, noteId, by)).get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw refusal(e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw refusal(e);
        }
    }

    private ProducerRecord<byte[], byte[]> recordOf(StoredLetter stored, Optional<String> noteId, Optional<String> by) {
        byte[] key =
                stored.key().size() == 0 ? null : redactor.bytes(stored.key()).toArray();
        ProducerRecord<byte[], byte[]> made = new ProducerRecord<>(
                topic, key, redactor.bytes(stored.letter().original()).toArray());
        stored.headers().stream()
                .filter(header -> !OURS.contains(header.name()))
                .forEach(header -> made.headers()
                        .add(header.name(), redactor.bytes(header.value()).toArray()));
        made.headers().add(ResentNote.FROM, bytes(stored.partition() + ":" + stored.offset()));
        by.ifPresent(name -> made.headers().add(ResentNote.BY, bytes(name)));
        noteId.ifPresent(id -> made.headers().add(ResentNote.NOTE_ID, bytes(id)));
        return made;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ProblemException refusal(Throwable failure) {
        if (failure instanceof RetriableException || failure instanceof TimeoutException) {
            return ProblemException.of(
                            503,
                            "Kafka did not acknowledge the note in time. It may be sent all the same: sent once more, it is"
                                    + " judged twice and counts once.")
                    .retryAfter(SECONDS_TO_WAIT);
        }
        LOG.error("Kafka refuses a note that is sent again", failure);
        return ProblemException.of(500, "Kafka refuses the note, and the console's log says why.");
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
