package io.rationale.classifier.publish;

import io.rationale.classifier.trace.NoteTraces;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.Envelope;
import io.rationale.classifier.work.ExchangeDraft;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.CloudEvents;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.json.Json;
import io.rationale.core.redaction.Redactor;
import io.rationale.core.topic.Topics;
import io.rationale.core.verdict.ExchangePointer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/** What decisions look like in Kafka. */
final class AuditRecords {
    private static final String SOURCE = "/rationale/classifier";
    /**
     * The largest dead letter's value. A record of the notes topic may be larger than what a topic of the same limit
     * takes with our headers, since the limit counts compressed bytes; it must not stop all others.
     */
    static final int LARGEST_DEAD_LETTER = 15 * 1024 * 1024;
    /** Header of a record that had to be cut: how many bytes the original has. */
    static final String ORIGINAL_SIZE = "original-size";

    /** What is left of a long key where space is short. */
    private static final int SHORT_KEY = 256;

    private static final String TOO_LARGE = "record-too-large";

    private final Topics topics;
    private final boolean isReclassifying;
    private final Redactor redactor;

    /**
     * @param isReclassifying whether the decisions are about notes that are judged again, as their records' headers say
     * @param redactor        takes personal data out of dead letters, and out of what came with them
     */
    AuditRecords(Topics topics, boolean isReclassifying, Redactor redactor) {
        this.topics = topics;
        this.isReclassifying = isReclassifying;
        this.redactor = redactor;
    }

    /** Of notes that are judged as they come, and hold no personal data. */
    AuditRecords(Topics topics) {
        this(topics, false, Redactor.NONE);
    }

    /** The job that the note was judged again for. Whoever sends new notes may write into their headers what he likes. */
    private String job(Decision decision) {
        return isReclassifying
                ? decision.envelope().header(CloudEvents.RECLASSIFICATION).orElse(null)
                : null;
    }

    /** @param maxBytes of the value; a longer exchange is cut, and says in its headers how long it was */
    ProducerRecord<byte[], byte[]> exchange(ExchangeDraft draft, int maxBytes) {
        Map<String, String> headers =
                CloudEvents.headers(draft.id(), SOURCE, "io.rationale.r1.exchanged.v1", draft.id(), draft.startedAt());
        byte[] value = draft.json().orElseThrow();
        if (value.length > maxBytes) {
            headers.put(ORIGINAL_SIZE, String.valueOf(value.length));
            value = Json.bytes(Cut.toFit(draft.exchange().orElseThrow(), maxBytes));
        }
        return record(topics.exchanges(), draft.id(), value, headers);
    }

    /** What becomes of a decision whose audit event may not be longer: a verdict that does not fit is none. */
    Decision fitting(Decision decision, int maxEventBytes) {
        if (maxEventBytes == SizeLimits.NONE || !(decision instanceof Decision.Judged judged)) {
            return decision;
        }
        List<ExchangeDraft> exchanges = judged.exchanges().stream().distinct().toList();
        return new Decision.GivenUp(
                judged.task(),
                judged.verdict().taxonomy(),
                TOO_LARGE,
                "The verdict with its note is larger than the audit topic takes; raise its max.message.bytes.",
                exchanges.size(),
                judged.verdict().usage(),
                exchanges,
                judged.verdict().classifiedAt());
    }

    /**
     * The audit event of a decision; none for what was no note.
     *
     * @param maxBytes of the value; the note is cut where it would be longer
     */
    Optional<ProducerRecord<byte[], byte[]>> audit(
            Decision decision, Function<ExchangeDraft, ExchangePointer> pointers, int maxBytes) {
        return event(decision, pointers, maxBytes)
                .map(event -> record(topics.audit(), event.noteId(), Json.bytes(event), headers(event, decision)));
    }

    private Map<String, String> headers(AuditEvent event, Decision decision) {
        Map<String, String> headers =
                CloudEvents.headers(event.eventId(), SOURCE, event.cloudEventType(), event.noteId(), event.at());
        headers.put(CloudEvents.TAXONOMY, event.taxonomyRef().toString());
        event.reclassificationJob().ifPresent(job -> headers.put(CloudEvents.RECLASSIFICATION, job));
        if (decision instanceof Decision.AboutNote about) {
            NoteTraces.headers(about.task().span()).forEach((name, value) -> headers.put(name, redactor.text(value)));
        }
        return headers;
    }

    /**
     * The dead letter of a decision; none for a verdict.
     *
     * @param maxBytes of the value; a longer one is cut, and says in its headers how long it was, which are all that it has
     */
    Optional<ProducerRecord<byte[], byte[]>> deadLetter(Decision decision, int maxBytes) {
        return letter(decision).map(letter -> deadLetter(redactor.letter(letter), decision.envelope(), maxBytes));
    }

    private ProducerRecord<byte[], byte[]> deadLetter(DeadLetter letter, Envelope envelope, int maxBytes) {
        boolean isCut = maxBytes != SizeLimits.NONE;
        int most = Math.min(maxBytes, LARGEST_DEAD_LETTER);
        byte[] original = letter.original().toArray();
        Map<String, String> headers = letter.headers();
        if (original.length > most) {
            headers.put(ORIGINAL_SIZE, String.valueOf(original.length));
            original = Arrays.copyOf(original, most);
        }
        byte[] key = envelope.key() == null
                ? letter.key().getBytes(StandardCharsets.UTF_8)
                : redactor.bytes(envelope.key()).toArray();
        byte[] keptKey = isCut && key.length > SHORT_KEY ? Arrays.copyOf(key, SHORT_KEY) : key;
        ProducerRecord<byte[], byte[]> dead = record(topics.deadLetters(), keptKey, original, headers);
        if (!isCut) {
            envelope.headers().forEach(each -> dead.headers()
                    .add(
                            each.name(),
                            each.value() == null
                                    ? null
                                    : redactor.bytes(each.value()).toArray()));
        }
        return dead;
    }

    private Optional<AuditEvent> event(
            Decision decision, Function<ExchangeDraft, ExchangePointer> pointers, int maxBytes) {
        return switch (decision) {
            case Decision.Judged judged ->
                Optional.of(new AuditEvent.Classified(
                        AuditEvent.SCHEMA_VERSION,
                        eventId(decision, "classified"),
                        judged.task().note(),
                        judged.task().position(),
                        judged.verdict()
                                .reclassifiedFor(job(decision))
                                .at(
                                        pointers.apply(judged.exchange()),
                                        judged.samples().stream().map(pointers).toList())));
            case Decision.GivenUp givenUp ->
                Optional.of(new AuditEvent.Unclassifiable(
                        AuditEvent.SCHEMA_VERSION,
                        eventId(decision, "unclassifiable"),
                        maxBytes == SizeLimits.NONE
                                ? givenUp.task().note()
                                : Cut.toFit(givenUp.task().note(), maxBytes / 2),
                        givenUp.task().position(),
                        givenUp.taxonomy(),
                        givenUp.reason(),
                        givenUp.cause(),
                        givenUp.attempts(),
                        givenUp.usage(),
                        givenUp.exchanges().stream().map(pointers).toList(),
                        givenUp.at(),
                        job(decision)));
            case Decision.Rejected rejected -> Optional.empty();
            case Decision.Skipped skipped -> Optional.empty();
        };
    }

    /** Derived from the record that was judged: the same record cannot give two events of different ids. */
    private static String eventId(Decision decision, String type) {
        return decision.work().partition() + "@" + decision.offset() + "/" + type;
    }

    private static Optional<DeadLetter> letter(Decision decision) {
        return switch (decision) {
            case Decision.Judged judged -> Optional.empty();
            case Decision.Skipped skipped -> Optional.empty();
            case Decision.Rejected rejected -> Optional.of(rejected.deadLetter());
            case Decision.GivenUp givenUp ->
                Optional.of(new DeadLetter(
                        givenUp.task().note().id(),
                        givenUp.task().original(),
                        givenUp.reason(),
                        givenUp.cause(),
                        null,
                        new DeadLetter.Origin.Topic(
                                givenUp.work().partition().topic(),
                                givenUp.work().partition().partition(),
                                givenUp.offset())));
        };
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, String key, byte[] value, Map<String, String> headers) {
        return record(topic, key.getBytes(StandardCharsets.UTF_8), value, headers);
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, byte[] key, byte[] value, Map<String, String> headers) {
        List<RecordHeader> kafkaHeaders = headers.entrySet().stream()
                .map(each -> new RecordHeader(each.getKey(), each.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList();
        return new ProducerRecord<>(topic, null, key, value, List.copyOf(kafkaHeaders));
    }
}
