package io.rationale.benchmark.load;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.SourcePosition;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.r1.Sampling;
import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.verdict.Checks;
import io.rationale.core.verdict.Evidence;
import io.rationale.core.verdict.Provenance;
import io.rationale.core.verdict.Reasoning;
import io.rationale.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes decisions as a classifier does, in transactions: about the notes of {@link NoteTexts}, of three sources, under
 * twenty labels of the shipped taxonomy. Deterministic for a seed but for ids and times.
 */
public final class AuditLoad implements AutoCloseable {
    private static final int SOURCES = 3;
    private static final int LABELS = 20;
    private static final String THOUGHT = "The note says what was asked and what came back. First I look whether the"
            + " document exists, then whether it was found, then whether the answer says what it says. ";

    /** What a broker allows by default. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(15);

    private final Taxonomy taxonomy = Taxonomies.ragFailures();
    private final List<String> labels =
            taxonomy.leaves().stream().map(Category::id).limit(LABELS).toList();
    private final String topic;
    private final KafkaProducer<String, byte[]> producer;
    private final Duration spread;
    private final Random random;
    private final NoteTexts texts;

    /** @param spread how long ago notes were seen at most, evenly */
    public AuditLoad(String bootstrapServers, String topic, Duration spread, long seed) {
        this.topic = topic;
        this.spread = spread;
        this.random = new Random(seed);
        this.texts = new NoteTexts(seed);
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrapServers);
        config.put("transactional.id", "audit-load-" + UUID.randomUUID());
        config.put("transaction.timeout.ms", String.valueOf(LONGEST_TRANSACTION.toMillis()));
        config.put("compression.type", "lz4");
        config.put("linger.ms", "5");
        config.put("batch.size", String.valueOf(256 * 1024));
        this.producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    /** Labels in use. */
    public int labels() {
        return labels.size();
    }

    /** Writes so many decisions about notes of their own, in transactions of a thousand. */
    public void write(long events) {
        for (long written = 0; written < events; ) {
            producer.beginTransaction();
            for (int i = 0; i < 1_000 && written < events; i++, written++) {
                send("n-");
            }
            producer.commitTransaction();
        }
    }

    /** Writes so many decisions in a single transaction: whoever reads what is committed sees all of them at once. */
    public void writeAtOnce(long events) {
        producer.beginTransaction();
        for (long i = 0; i < events; i++) {
            send("n-");
        }
        producer.commitTransaction();
    }

    /** Writes one decision. @return its note's id, when it is committed */
    public String writeOne(String idPrefix) {
        producer.beginTransaction();
        String id = send(idPrefix);
        producer.commitTransaction();
        return id;
    }

    private String send(String idPrefix) {
        AuditEvent event = event(idPrefix);
        producer.send(new ProducerRecord<>(topic, event.noteId(), Json.bytes(event)));
        return event.noteId();
    }

    private AuditEvent event(String idPrefix) {
        Note text = texts.nextNote(idPrefix);
        Instant now = Instant.now();
        Instant seen = now.minusMillis(random.nextLong(spread.toMillis()));
        Note note = new Note(
                text.id(),
                text.text(),
                "source-" + random.nextInt(SOURCES),
                seen,
                null,
                null,
                null,
                List.of(),
                Map.of(),
                null);
        String label = labels.get(random.nextInt(labels.size()));
        String quote = note.text().substring(0, 30);
        Verdict verdict = new Verdict(
                taxonomy.ref(),
                label,
                null,
                List.of(new Evidence("text", quote, 0, quote.codePointCount(0, quote.length()))),
                "The note says so in its first sentence.",
                Verdict.Confidence.HIGH,
                new Reasoning(THOUGHT + THOUGHT + "So it is " + label + ".", false, null),
                Map.of(label, 1),
                1,
                List.of(),
                new Checks(true, true, false, false, false, false, false, false),
                new Provenance("benchmark", null, "http://r1:8000/v1", "1", Sampling.R1, "b", 8, 0, 1, null),
                new Usage(250, 180, 20, 200),
                now);
        return new AuditEvent.Classified(
                1, UUID.randomUUID().toString(), note, new SourcePosition("notes", 0, 0, now), verdict);
    }

    @Override
    public void close() {
        producer.close();
    }
}
