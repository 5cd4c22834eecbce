package io.rationale.local.erase;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.seal.ChainEvent;
import io.rationale.core.seal.ErasureDigest;
import io.rationale.core.topic.Topics;
import io.rationale.local.verify.log.RecordLogs;
import io.rationale.local.verify.log.StoredRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Finds what is to be erased: the notes first, then every record that holds words of them. Reads committed records only and
 * changes nothing. Memory grows with what is erased. Used by one thread.
 */
final class ErasureSearch {
    private static final int SALT_DIGITS = 16;

    private final RecordLogs logs;
    private final Topics topics;
    private final Request request;
    private final Identifiers persons;
    private final Set<String> notes = new TreeSet<>();
    private final Set<String> positions = new HashSet<>();
    private final Set<String> exchanges = new HashSet<>();
    private final Set<String> thoughts = new HashSet<>();
    private final Set<String> quotes = new HashSet<>();
    private final Set<String> dimensions = new TreeSet<>();
    private final Set<String> found = new HashSet<>();
    private final Passages passages = new Passages();
    private final Map<String, Integer> homes = new HashMap<>();
    private boolean recount;

    /**
     * What somebody asked for.
     *
     * @param id      of the erasure
     * @param notes   ids of notes
     * @param persons identifiers of persons
     * @param by      who asks
     * @param reason  why, or null
     * @param salt    random, for new names of notes whose ids hold an identifier
     */
    record Request(
            String id, List<String> notes, List<String> persons, String by, String reason, Instant at, String salt) {
        Request {
            notes = List.copyOf(notes);
            persons = List.copyOf(persons);
        }
    }

    /**
     * What was found.
     *
     * @param plan    what is to be done; without notices where there is nothing to do
     * @param records how many records will be emptied or rewritten, by topic
     * @param unknown asked notes of which no topic knows
     */
    record Result(ErasurePlan plan, Map<String, Long> records, List<String> unknown) {
        boolean isNothing() {
            return records.isEmpty();
        }
    }

    ErasureSearch(RecordLogs logs, Topics topics, Request request) {
        this.logs = logs;
        this.topics = topics;
        this.request = request;
        this.persons = new Identifiers(request.persons());
        notes.addAll(request.notes());
    }

    /** Looks through all topics. */
    Result run() {
        findNotes();
        findExchanges();
        findThoughts();
        findQuotes();
        ErasurePlan plan = plan();
        Map<String, Long> records = new TreeMap<>();
        List<ChainEvent.Erased> notices = rewrite(new Rewriter(plan, topics), records);
        List<String> unknown =
                request.notes().stream().filter(id -> !found.contains(id)).toList();
        ErasurePlan whole = plan.with(notices, events(plan, notices, records), false);
        return new Result(whole, records, unknown);
    }

    private void findNotes() {
        each(topics.categoryStatistics(), stored -> {
            String dimension = tree(stored).path("dimension").asText("");
            if (!dimension.isEmpty()) {
                dimensions.add(dimension);
            }
        });
        each(topics.notes(), stored -> {
            JsonNode note = tree(stored);
            String id = Rewriter.noteId(topics.notes(), stored, note);
            if (isWanted(id, note) || persons.standIn(stored.value())) {
                take(id, note);
                positions.add(ErasurePlan.position(topics.notes(), stored.partition(), stored.offset()));
            }
        });
        each(topics.audit(), stored -> {
            homes.putIfAbsent(stored.key(), stored.partition());
            if (!notes.contains(stored.key()) && !persons.standIn(stored.value())) {
                return;
            }
            JsonNode event = tree(stored);
            if (isWanted(stored.key(), event.path("note"))) {
                take(stored.key(), event.path("note"));
                JsonNode position = event.path("position");
                if (position.isObject()) {
                    positions.add(ErasurePlan.position(
                            position.path("topic").asText(),
                            position.path("partition").asInt(),
                            position.path("offset").asLong()));
                }
            }
        });
        each(topics.reclassificationNotes(), stored -> note(tree(stored).path("note")));
        each(
                topics.discoveryRequests(),
                stored -> tree(stored).path("sample").path("notes").forEach(sampled -> note(sampled.path("note"))));
        each(topics.deadLetters(), stored -> {
            JsonNode letter = tree(stored);
            String id = letter.path("id").asText(stored.key());
            if (notes.contains(id) || notes.contains(stored.key())) {
                take(id, letter);
            }
        });
        homes.keySet().retainAll(notes);
    }

    private void note(JsonNode note) {
        String id = note.path("id").asText("");
        if (!id.isEmpty() && isWanted(id, note)) {
            take(id, note);
        }
    }

    private boolean isWanted(String id, JsonNode note) {
        return notes.contains(id) || persons.standIn(id) || !persons.isEmpty() && persons.standIn(Json.bytes(note));
    }

    private void take(String id, JsonNode note) {
        notes.add(id);
        found.add(id);
        for (String field : List.of("text", "question", "answer", "expected")) {
            passages.add(note.path(field).asText(""));
        }
        note.path("contexts")
                .forEach(context -> passages.add(context.path("text").asText("")));
        recount |= persons.standIn(id)
                || persons.standIn(note.path("source").asText(""))
                || dimensions.stream()
                        .anyMatch(name ->
                                persons.standIn(note.path("labels").path(name).asText("")) || persons.standIn(name));
    }

    private void findExchanges() {
        each(topics.exchanges(), stored -> {
            boolean isAbout = false;
            for (JsonNode id : tree(stored).path("noteIds")) {
                isAbout |= notes.contains(id.asText());
            }
            if (isAbout || persons.standIn(stored.value())) {
                exchanges.add(stored.key());
            }
        });
    }

    /** A batch is thought about as a whole, so that what was thought of one note may tell of another. */
    private void findThoughts() {
        if (exchanges.isEmpty()) {
            return;
        }
        each(topics.audit(), stored -> {
            JsonNode event = tree(stored);
            JsonNode verdict = event.path("verdict");
            JsonNode reasoning = verdict.path("reasoning");
            boolean isOther = verdict.isObject() && !notes.contains(stored.key());
            if (isOther
                    && exchanges.contains(reasoning.path("exchange").path("id").asText(""))) {
                boolean isShared = reasoning.path("whole").asBoolean()
                        && verdict.path("provenance").path("batchSize").asInt(1) > 1;
                if (isShared || tellsOfOthers(verdict, event.path("note"))) {
                    thoughts.add(ErasurePlan.place(stored.partition(), stored.offset()));
                }
            }
        });
    }

    private boolean tellsOfOthers(JsonNode verdict, JsonNode note) {
        List<String> own = new ArrayList<>();
        for (String field : List.of("text", "question", "answer", "expected")) {
            own.add(note.path(field).asText(""));
        }
        note.path("contexts").forEach(context -> own.add(context.path("text").asText("")));
        return passages.standIn(verdict.path("reasoning").path("text").asText(""), own)
                || passages.standIn(verdict.path("rationale").asText(""), own);
    }

    /** Proposals show quotes as examples, in the topic of the discoveries with the notes that they are from. */
    private void findQuotes() {
        each(topics.discoveries(), stored -> {
            for (JsonNode category : tree(stored).path("result").path("categories")) {
                for (JsonNode example : category.path("examples")) {
                    if (notes.contains(example.path("noteId").asText(""))) {
                        quotes.add(Bytes.utf8(example.path("quote").asText("")).sha256());
                    }
                }
            }
        });
    }

    private ErasurePlan plan() {
        Map<String, String> renamed = new HashMap<>();
        notes.stream()
                .filter(persons::standIn)
                .forEach(id -> renamed.put(
                        id, "erased-" + Bytes.utf8(request.salt() + id).sha256().substring(0, SALT_DIGITS)));
        return new ErasurePlan(
                request.id(),
                request.by(),
                request.reason(),
                request.at(),
                persons.all(),
                notes,
                renamed,
                positions,
                exchanges,
                thoughts,
                quotes,
                dimensions,
                recount,
                ends(),
                List.of(),
                List.of(),
                false);
    }

    private Map<String, Long> ends() {
        Map<String, Long> ends = new HashMap<>();
        for (Topics.Spec spec : topics.specs(1)) {
            for (int partition = 0; partition < logs.partitions(spec.name()); partition++) {
                ends.put(
                        spec.name() + "-" + partition,
                        logs.extent(spec.name(), partition).end());
            }
        }
        return ends;
    }

    /** Of each topic; notices are about those that events of the audit point to, and the audit itself. */
    private List<ChainEvent.Erased> rewrite(Rewriter rewriter, Map<String, Long> records) {
        Set<String> noticed = Set.of(topics.audit(), topics.exchanges(), topics.notes());
        List<ChainEvent.Erased> notices = new ArrayList<>();
        for (Topics.Spec spec : topics.specs(1)) {
            each(spec.name(), stored -> rewriter.rewrite(spec.name(), stored).ifPresent(made -> {
                records.merge(spec.name(), 1L, Long::sum);
                if (noticed.contains(spec.name())) {
                    notices.add(notice(spec.name(), stored, made.of(stored)));
                }
            }));
        }
        return notices;
    }

    private ChainEvent.Erased notice(String topic, StoredRecord before, StoredRecord after) {
        return new ChainEvent.Erased(
                ChainEvent.SCHEMA_VERSION,
                topic,
                before.partition(),
                before.offset(),
                hex(before),
                request.by(),
                request.reason(),
                request.at(),
                request.id(),
                hex(after));
    }

    private static String hex(StoredRecord record) {
        return HexFormat.of().formatHex(record.digest().toArray());
    }

    private List<ErasurePlan.Event> events(
            ErasurePlan plan, List<ChainEvent.Erased> notices, Map<String, Long> records) {
        long count = records.values().stream().mapToLong(Long::longValue).sum();
        String digest = ErasureDigest.of(notices);
        List<String> about = notes.stream().filter(found::contains).toList();
        List<ErasurePlan.Event> events = new ArrayList<>();
        for (String each : about.isEmpty() ? List.of("erasure-" + plan.id()) : about) {
            events.add(new ErasurePlan.Event(
                    homes.getOrDefault(each, 0),
                    new AuditEvent.Erased(
                            AuditEvent.SCHEMA_VERSION,
                            plan.id() + "/" + events.size(),
                            plan.nameOf(each),
                            plan.id(),
                            plan.by(),
                            plan.reason(),
                            about.size(),
                            count,
                            digest,
                            plan.at())));
        }
        return events;
    }

    private void each(String topic, Consumer<StoredRecord> visitor) {
        for (int partition = 0; partition < logs.partitions(topic); partition++) {
            try (RecordLogs.Cursor cursor =
                    logs.read(topic, partition, logs.extent(topic, partition).first())) {
                for (Optional<StoredRecord> each = cursor.next(); each.isPresent(); each = cursor.next()) {
                    visitor.accept(each.get());
                }
            }
        }
    }

    private static JsonNode tree(StoredRecord stored) {
        try {
            return stored.value() == null || stored.value().length == 0
                    ? Json.mapper().missingNode()
                    : Json.tree(stored.value());
        } catch (RuntimeException e) {
            return Json.mapper().missingNode();
        }
    }
}
