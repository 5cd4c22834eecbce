package io.rationale.local.verify;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.Exchange;
import io.rationale.core.audit.SourcePosition;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.prompt.PromptBuilder;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.Usage;
import io.rationale.core.seal.ChainEvent;
import io.rationale.core.seal.ChainHead;
import io.rationale.core.seal.LinkBuilder;
import io.rationale.core.seal.Published;
import io.rationale.core.seal.PublishedDigest;
import io.rationale.core.statistics.CategoryCount;
import io.rationale.core.statistics.Span;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.AnswerReader;
import io.rationale.core.verdict.ExchangePointer;
import io.rationale.core.verdict.Provenance;
import io.rationale.core.verdict.Verdict;
import io.rationale.local.verify.log.StoredRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/**
 * A small deployment's topics, made as the services make them: notes, exchanges, audit, chain, statistics and what groups
 * committed. Tests change it and write it as a broker's files.
 */
final class Ledger {
    static final String AUDIT = "rationale.audit";
    static final String CHAIN = "rationale.audit-chain";
    static final String EXCHANGES = "rationale.exchanges";
    static final String NOTES = "rationale.notes";
    static final String STATISTICS = "rationale.category-statistics";
    static final String OFFSETS = "__consumer_offsets";
    static final Taxonomy TAXONOMY = Taxonomies.ragFailures();

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final List<String> LABELS = List.copyOf(TAXONOMY.labels().keySet());
    private static final int BATCH = 4;

    private final Map<String, List<StoredRecord>> topics = new TreeMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    /** Where a transaction's marker leaves a gap. */
    private final Map<String, Long> behindMarker = new TreeMap<>();

    private ChainHead head = ChainHead.NONE;
    private int sealedTo;

    Ledger() {
        List.of(AUDIT, CHAIN, EXCHANGES, NOTES, STATISTICS, OFFSETS)
                .forEach(topic -> topics.put(topic, new ArrayList<>()));
    }

    /** The records of a topic, to be changed. */
    List<StoredRecord> records(String topic) {
        return topics.get(topic);
    }

    /** A batch of notes that R1 judged. */
    Ledger classify(int from) {
        List<Note> batch = new ArrayList<>();
        StringBuilder verdicts = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        for (int i = 0; i < BATCH; i++) {
            int number = from + i;
            batch.add(Note.of(
                    "note-" + number,
                    "test",
                    "Note " + number + " says «überall» that chunk " + number + " was cut in the middle."));
            String label = LABELS.get(number % LABELS.size());
            thought.append("Note n")
                    .append(i + 1)
                    .append(" is about ")
                    .append(label)
                    .append(", I think.\n");
            verdicts.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"n")
                    .append(i + 1)
                    .append("\",\"category\":\"")
                    .append(label)
                    .append("\",\"evidence\":[\"chunk ")
                    .append(number)
                    .append("\"],\"rationale\":\"Because.\",\"confidence\":\"high\"}");
        }
        decide(batch, thought.toString(), "{\"verdicts\":[" + verdicts + "]}");
        return this;
    }

    private void decide(List<Note> batch, String thought, String content) {
        String request = Json.line(Map.of(
                "model",
                "m",
                "messages",
                List.of(Map.of(
                        "role",
                        "user",
                        "content",
                        new PromptBuilder(TAXONOMY).build(batch).text()))));
        String response = Json.line(Map.of(
                "model",
                "m",
                "choices",
                List.of(Map.of(
                        "index",
                        0,
                        "finish_reason",
                        "stop",
                        "message",
                        Map.of("reasoning_content", thought, "content", content)))));
        String id = "exchange-" + records(EXCHANGES).size();
        byte[] exchange = Json.bytes(new Exchange(
                1,
                id,
                "http://r1/v1",
                null,
                "m",
                batch.stream().map(Note::id).toList(),
                request,
                200,
                response,
                null,
                thought,
                content,
                "complete",
                Usage.NONE,
                NOW,
                null,
                5));
        StoredRecord stored = append(EXCHANGES, id, exchange);
        ExchangePointer pointer = new ExchangePointer(id, EXCHANGES, 0, stored.offset(), Bytes.sha256(exchange));
        var judgements = new AnswerReader(TAXONOMY).read(new ModelOutcome.Complete(thought, content), batch);
        for (int i = 0; i < batch.size(); i++) {
            Note note = batch.get(i);
            StoredRecord sent = append(NOTES, note.id(), Json.bytes(note));
            AnswerReader.Judgement judgement = judgements.get(i).orElseThrow();
            Verdict verdict = new Verdict(
                    TAXONOMY.ref(),
                    judgement.answer().category(),
                    judgement.answer().secondary(),
                    judgement.answer().evidence(),
                    judgement.answer().rationale(),
                    judgement.answer().confidence(),
                    judgement.reasoning().at(pointer),
                    Map.of(judgement.answer().category(), 1),
                    1,
                    List.of(),
                    judgement.checks(),
                    new Provenance("m", null, null, PromptBuilder.VERSION, null, "b", batch.size(), i, 1, null),
                    Usage.NONE,
                    NOW);
            labels.put(note.id(), verdict.category());
            append(
                    AUDIT,
                    note.id(),
                    Json.bytes(new AuditEvent.Classified(
                            1,
                            "e" + records(AUDIT).size(),
                            note,
                            new SourcePosition(NOTES, 0, sent.offset(), Instant.ofEpochMilli(sent.timestamp())),
                            verdict)));
        }
        marker();
    }

    private void marker() {
        behindMarker.put(AUDIT, next(records(AUDIT)) + 1);
    }

    /** Somebody corrects the label of a note. */
    Ledger review(int number, String oldCategory, String newCategory) {
        String id = "note-" + number;
        append(
                AUDIT,
                id,
                Json.bytes(new AuditEvent.Reviewed(
                        1,
                        "r" + records(AUDIT).size(),
                        id,
                        TAXONOMY.ref(),
                        "ann",
                        oldCategory == null ? labels.get(id) : oldCategory,
                        newCategory,
                        null,
                        null,
                        NOW.plus(Duration.ofHours(1)))));
        labels.put(id, newCategory);
        return this;
    }

    /** The label that a note has now. */
    String label(int number) {
        return labels.get("note-" + number);
    }

    /** Links all events that have none, and says how far the sealer is. */
    Ledger seal() {
        return seal(head, sealedTo, null);
    }

    /** A link with what was published of the events before it. */
    Ledger sealPublished() {
        PublishedDigest digest = new PublishedDigest();
        labels.values().forEach(label -> digest.add(TAXONOMY.ref(), label, 1));
        return seal(head, sealedTo, digest.seal(records(AUDIT).getLast().offset() + 1, labels.size()));
    }

    private Ledger seal(ChainHead before, int from, Published published) {
        LinkBuilder link = new LinkBuilder(AUDIT, 0, before);
        List<StoredRecord> audit = records(AUDIT);
        audit.subList(from, audit.size()).forEach(each -> link.add(each.offset(), each.digest()));
        ChainEvent.Sealed sealed = link.seal(NOW, published);
        append(CHAIN, sealed.key(), Json.bytes(sealed));
        head = sealed.head();
        sealedTo = audit.size();
        commit("rationale.sealer", sealed.lastOffset() + 1, head.text());
        return this;
    }

    /** Forges a whole chain over what the audit holds now, and what the sealer committed with it. */
    Ledger sealAnew() {
        records(CHAIN).clear();
        records(OFFSETS).removeIf(each -> new String(each.keyBytes(), StandardCharsets.UTF_8).contains("sealer"));
        return seal(ChainHead.NONE, 0, null);
    }

    /** Publishes what the audit comes to. */
    Ledger publish() {
        Map<String, Long> counts = new TreeMap<>();
        labels.values().forEach(label -> counts.merge(label, 1L, Long::sum));
        publish(null, null, labels.size(), 0, Map.of());
        counts.forEach((label, count) -> publish(TAXONOMY.ref(), label, count, count, Map.of("m", count)));
        commit("rationale.console-2", records(AUDIT).getLast().offset() + 1, "");
        return this;
    }

    private void publish(TaxonomyRef taxonomy, String label, long count, double agreement, Map<String, Long> models) {
        Instant minute = Instant.ofEpochMilli(records(NOTES).getFirst().timestamp());
        append(
                STATISTICS,
                "k-" + label,
                Json.bytes(new CategoryCount(
                        minute.truncatedTo(java.time.temporal.ChronoUnit.MINUTES),
                        taxonomy,
                        label,
                        "test",
                        count,
                        agreement,
                        Usage.NONE,
                        models,
                        0,
                        Span.MINUTE,
                        null,
                        null,
                        1L)));
    }

    private void commit(String group, long offset, String metadata) {
        ByteBuffer key = ByteBuffer.allocate(256).putShort((short) 1);
        text(group, key);
        text(AUDIT, key);
        key.putInt(0);
        ByteBuffer value =
                ByteBuffer.allocate(512).putShort((short) 3).putLong(offset).putInt(0);
        text(metadata, value);
        value.putLong(NOW.toEpochMilli());
        List<StoredRecord> all = records(OFFSETS);
        all.add(new StoredRecord(0, next(all), NOW.toEpochMilli(), octets(key), List.of(), octets(value)));
    }

    private static void text(String text, ByteBuffer into) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        into.putShort((short) octets.length).put(octets);
    }

    private static byte[] octets(ByteBuffer filled) {
        byte[] octets = new byte[filled.position()];
        filled.flip().get(octets);
        return octets;
    }

    private StoredRecord append(String topic, String key, byte[] value) {
        List<StoredRecord> all = records(topic);
        StoredRecord made = new StoredRecord(
                0,
                Math.max(next(all), behindMarker.getOrDefault(topic, 0L)),
                NOW.toEpochMilli(),
                key.getBytes(StandardCharsets.UTF_8),
                List.of(),
                value);
        all.add(made);
        return made;
    }

    private static long next(List<StoredRecord> all) {
        return all.isEmpty() ? 0 : all.getLast().offset() + 1;
    }

    /** Replaces the value of a record; whoever does so mends all checksums. */
    Ledger replace(String topic, int index, java.util.function.UnaryOperator<String> change) {
        StoredRecord old = records(topic).get(index);
        String value = new String(old.value(), StandardCharsets.UTF_8);
        String changed = change.apply(value);
        if (changed.equals(value)) {
            throw new AssertionError("nothing was changed");
        }
        records(topic)
                .set(
                        index,
                        new StoredRecord(
                                0,
                                old.offset(),
                                old.timestamp(),
                                old.keyBytes(),
                                List.of(),
                                changed.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** Writes files as a broker has them: a batch for each record, a segment for every so many. */
    Path write(Path directory) throws IOException {
        return write(directory, 5);
    }

    /** @param perSegment records of a segment */
    Path write(Path directory, int perSegment) throws IOException {
        Path kafka = directory.resolve("kafka");
        for (Map.Entry<String, List<StoredRecord>> topic : topics.entrySet()) {
            Path folder = Files.createDirectories(kafka.resolve(topic.getKey() + "-0"));
            List<StoredRecord> records = topic.getValue();
            for (int from = 0; from < Math.max(1, records.size()); from += perSegment) {
                long base = records.isEmpty() ? 0 : records.get(from).offset();
                Path segment = folder.resolve("%020d.log".formatted(base));
                try (OutputStream out = Files.newOutputStream(segment)) {
                    for (StoredRecord each : records.subList(from, Math.min(records.size(), from + perSegment))) {
                        out.write(batch(each));
                    }
                }
            }
        }
        Files.createFile(kafka.resolve(".kafka_cleanshutdown"));
        return kafka;
    }

    private static byte[] batch(StoredRecord each) {
        MemoryRecords records = MemoryRecords.withRecords(
                (byte) 2,
                each.offset(),
                Compression.NONE,
                org.apache.kafka.common.record.TimestampType.CREATE_TIME,
                new SimpleRecord(each.timestamp(), each.keyBytes(), each.value()));
        byte[] octets = new byte[records.sizeInBytes()];
        records.buffer().duplicate().get(octets);
        return octets;
    }
}
