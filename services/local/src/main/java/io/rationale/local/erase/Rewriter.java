package io.rationale.local.erase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.deadletter.ResentNote;
import io.rationale.core.json.Json;
import io.rationale.core.note.NoteIds;
import io.rationale.core.topic.Retention;
import io.rationale.core.topic.Topics;
import io.rationale.local.verify.log.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a record is after an erasure. Depends on nothing but the record and the plan, so that each replica of a partition,
 * and each run after an interruption, comes to the same. A record that was rewritten already stays as it is.
 */
final class Rewriter {
    private static final String TEXT = AuditEvent.Erased.TEXT;
    /** Of an exchange: what says when, how long and for how many tokens, and nothing that was said. */
    private static final Set<String> OF_EXCHANGE = Set.of(
            "version",
            "id",
            "endpoint",
            "server",
            "model",
            "noteIds",
            "status",
            "outcome",
            "usage",
            "startedAt",
            "firstPayloadMillis",
            "totalMillis");

    private static final Set<String> OF_LETTER =
            Set.of("reason", "field", "topic", "partition", "offset", "file", "line", "original-size");
    /** Of a note: what counts hang on. */
    private static final Set<String> OF_NOTE = Set.of("id", "source", "observedAt", "labels");

    private final ErasurePlan plan;
    private final Topics topics;
    private final Identifiers persons;
    private final Set<String> aborted;

    /** A record's new contents; a null value is a tombstone. */
    record Rewritten(byte[] key, List<StoredRecord.Header> headers, byte[] value) {
        /** The record with these contents, in the same place and of the same time. */
        StoredRecord of(StoredRecord before) {
            return new StoredRecord(before.partition(), before.offset(), before.timestamp(), key, headers, value);
        }
    }

    Rewriter(ErasurePlan plan, Topics topics) {
        this(plan, topics, Set.of());
    }

    /** @param aborted ids of exchanges about the notes that were never committed, so that the plan does not know them */
    Rewriter(ErasurePlan plan, Topics topics, Set<String> aborted) {
        this.aborted = Set.copyOf(aborted);
        this.plan = plan;
        this.topics = topics;
        this.persons = new Identifiers(plan.persons());
    }

    /** Nothing for a record that stays as it is. */
    Optional<Rewritten> rewrite(String topic, StoredRecord each) {
        if (isOf(each)) {
            return Optional.empty();
        }
        Optional<Rewritten> rewritten = topic.equals(topics.notes())
                ? note(topic, each)
                : topic.equals(topics.reclassificationNotes())
                        ? noteAgain(each)
                        : topic.equals(topics.deadLetters()) ? letter(each) : json(topic, each);
        return rewritten.filter(made -> !isEmptied(made, each));
    }

    private boolean isOf(StoredRecord each) {
        return each.header(AuditEvent.Erased.HEADER).filter(plan.id()::equals).isPresent();
    }

    /** By an erasure before this one. */
    private static boolean isEmptied(Rewritten made, StoredRecord before) {
        return before.header(AuditEvent.Erased.HEADER).isPresent()
                && Arrays.equals(made.key(), before.keyBytes())
                && Arrays.equals(made.value(), before.value());
    }

    /** The id of the note that a record of the notes topic holds. */
    static String noteId(String topic, StoredRecord each, JsonNode note) {
        String given = note.path("id").asText("");
        return given.isBlank() || note.path("id").isNull()
                ? each.header(ResentNote.NOTE_ID)
                        .filter(id -> !id.isEmpty())
                        .orElseGet(() -> NoteIds.inTopic(topic, each.partition(), each.offset()))
                : given;
    }

    private Optional<Rewritten> note(String topic, StoredRecord each) {
        boolean isErased = plan.positions().contains(ErasurePlan.position(topic, each.partition(), each.offset()))
                || isAbout(noteId(topic, each, tree(each.value())))
                || holdsPerson(each);
        return isErased ? Optional.of(tombstone(each, null)) : Optional.empty();
    }

    private Optional<Rewritten> noteAgain(StoredRecord each) {
        boolean isErased = isAbout(each.key())
                || isAbout(tree(each.value()).path("note").path("id").asText(""))
                || holdsPerson(each);
        return isErased ? Optional.of(tombstone(each, null)) : Optional.empty();
    }

    private Optional<Rewritten> letter(StoredRecord each) {
        boolean isErased = isAbout(each.key())
                || plan.positions().contains(origin(each))
                || isAbout(tree(each.value()).path("id").asText(""))
                || holdsPerson(each);
        return isErased ? Optional.of(new Rewritten(key(each), marked(ofLetter(each)), new byte[0])) : Optional.empty();
    }

    /** Where it came from and why it failed is in headers of ours; others came with the note. */
    private List<StoredRecord.Header> ofLetter(StoredRecord each) {
        List<StoredRecord.Header> kept = new ArrayList<>();
        for (StoredRecord.Header header : each.headers()) {
            if (header.name().equals("cause")) {
                kept.add(new StoredRecord.Header("cause", bytes(TEXT)));
            } else if (OF_LETTER.contains(header.name())) {
                kept.add(header(header));
            }
        }
        return kept;
    }

    private static String origin(StoredRecord each) {
        return each.header("topic").orElse("") + "-" + each.header("partition").orElse("") + "@"
                + each.header("offset").orElse("");
    }

    private boolean holdsPerson(StoredRecord each) {
        return persons.standIn(each.value())
                || persons.standIn(each.keyBytes())
                || each.headers().stream().anyMatch(header -> persons.standIn(header.value()));
    }

    private boolean isAbout(String noteId) {
        return plan.notes().contains(noteId);
    }

    private Rewritten tombstone(StoredRecord each, byte[] value) {
        return new Rewritten(key(each), marked(List.of()), value);
    }

    private byte[] key(StoredRecord each) {
        if (each.keyBytes() == null) {
            return null;
        }
        String name = plan.nameOf(each.key());
        return persons.standIn(name) ? bytes(TEXT) : name.equals(each.key()) ? each.keyBytes() : bytes(name);
    }

    /** Records of which a part stays. */
    private Optional<Rewritten> json(String topic, StoredRecord each) {
        if (!isConcerned(topic, each)) {
            return Optional.empty();
        }
        JsonNode before = tree(each.value());
        if (!before.isObject()) {
            return holdsPerson(each) ? Optional.of(tombstone(each, new byte[0])) : Optional.empty();
        }
        ObjectNode after = before.deepCopy();
        if (topic.equals(topics.exchanges())) {
            exchange(each, after);
        } else if (topic.equals(topics.audit())) {
            audit(each, after);
        } else if (topic.equals(topics.discoveryRequests())) {
            removeNotes(after.path("sample").path("notes"));
        } else if (topic.equals(topics.discoveries())) {
            discovery(after);
        } else if (topic.equals(topics.taxonomies())) {
            quotes(after);
        }
        JsonNode scrubbed = scrubbed(after);
        List<StoredRecord.Header> headers =
                each.headers().stream().map(this::header).toList();
        byte[] key = key(each);
        if (scrubbed.equals(before) && headers.equals(each.headers()) && Arrays.equals(key, each.keyBytes())) {
            return Optional.empty();
        }
        byte[] value = scrubbed.equals(before) ? each.value() : Json.bytes(scrubbed);
        return Optional.of(new Rewritten(key, marked(headers), value));
    }

    /** Cheap, and true for few: most records are about others. */
    private boolean isConcerned(String topic, StoredRecord each) {
        boolean isAbout =
                switch (Retention.shortName(topics, topic)) {
                    case "exchanges" -> plan.exchanges().contains(each.key()) || aborted.contains(each.key());
                    case "audit" ->
                        isAbout(each.key())
                                || !aborted.isEmpty()
                                || plan.thoughts().contains(ErasurePlan.place(each.partition(), each.offset()));
                    case "discovery-requests", "discoveries", "taxonomies" -> true;
                    default -> false;
                };
        return isAbout || holdsPerson(each);
    }

    /** Whether that record of the exchanges is about a note, or a person, that is erased. */
    boolean isExchangeToEmpty(StoredRecord each) {
        boolean isAbout = plan.exchanges().contains(each.key());
        for (JsonNode id : tree(each.value()).path("noteIds")) {
            isAbout |= isAbout(id.asText());
        }
        return isAbout || persons.standIn(each.value());
    }

    private void exchange(StoredRecord each, ObjectNode exchange) {
        if (plan.exchanges().contains(each.key()) || aborted.contains(each.key())) {
            exchange.retain(OF_EXCHANGE);
            exchange.put("request", "");
        }
    }

    private void audit(StoredRecord each, ObjectNode event) {
        boolean isErased = isAbout(each.key()) && !event.path("type").asText().equals("erased");
        if (isErased) {
            note(event.path("note"));
            verdict(event.path("verdict"));
            if (event.has("cause")) {
                event.put("cause", TEXT);
            }
            if (event.path("type").asText().equals("reviewed")) {
                // A person's words; the reason of a failure is one of a few codes.
                event.remove("reason");
            }
        } else if (plan.thoughts().contains(ErasurePlan.place(each.partition(), each.offset()))
                || aborted.contains(exchangeOf(event))) {
            thought(event.path("verdict"));
        }
    }

    private static String exchangeOf(ObjectNode event) {
        return event.path("verdict")
                .path("reasoning")
                .path("exchange")
                .path("id")
                .asText("");
    }

    private void note(JsonNode found) {
        if (found instanceof ObjectNode note) {
            note.retain(OF_NOTE);
            note.put("text", TEXT);
            note.putArray("contexts");
            if (note.path("labels") instanceof ObjectNode labels) {
                labels.retain(plan.dimensions());
            }
        }
    }

    private static void verdict(JsonNode found) {
        if (found instanceof ObjectNode verdict) {
            verdict.putArray("evidence");
            thought(verdict);
        }
    }

    private static void thought(JsonNode found) {
        if (found instanceof ObjectNode verdict) {
            verdict.put("rationale", TEXT);
            if (verdict.path("reasoning") instanceof ObjectNode reasoning) {
                reasoning.put("text", TEXT);
                reasoning.put("whole", false);
            }
        }
    }

    private void removeNotes(JsonNode found) {
        if (found instanceof ArrayNode sampled) {
            for (Iterator<JsonNode> each = sampled.iterator(); each.hasNext(); ) {
                JsonNode note = each.next().path("note");
                if (isAbout(note.path("id").asText("")) || hasPerson(note)) {
                    each.remove();
                }
            }
        }
    }

    private void discovery(ObjectNode event) {
        JsonNode result = event.path("result");
        for (JsonNode category : result.path("categories")) {
            if (category.path("examples") instanceof ArrayNode examples) {
                for (Iterator<JsonNode> each = examples.iterator(); each.hasNext(); ) {
                    JsonNode example = each.next();
                    if (isAbout(example.path("noteId").asText("")) || hasPerson(example)) {
                        each.remove();
                    }
                }
            }
        }
        quotes(result.path("taxonomy"));
    }

    /** Examples of a category that are quotes of an erased note. */
    private void quotes(JsonNode taxonomy) {
        for (JsonNode category : taxonomy.path("categories")) {
            if (category.path("examples") instanceof ArrayNode examples) {
                for (Iterator<JsonNode> each = examples.iterator(); each.hasNext(); ) {
                    if (plan.isQuote(each.next().asText())) {
                        each.remove();
                    }
                }
            }
        }
    }

    private boolean hasPerson(JsonNode node) {
        return persons.standIn(Json.bytes(node));
    }

    /** Without identifiers, and with the names that notes have now, wherever they stand. */
    private JsonNode scrubbed(JsonNode node) {
        if (node.isTextual()) {
            String text = node.textValue();
            String name = plan.nameOf(text);
            String left = persons.standIn(name) ? persons.removedFrom(name) : name;
            return left.equals(text) ? node : TextNode.valueOf(left);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode made = Json.mapper().createArrayNode();
            array.forEach(each -> made.add(scrubbed(each)));
            return made;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode made = Json.mapper().createObjectNode();
            for (Map.Entry<String, JsonNode> each : object.properties()) {
                String name = persons.standIn(each.getKey()) ? persons.removedFrom(each.getKey()) : each.getKey();
                made.set(name, scrubbed(each.getValue()));
            }
            return made;
        }
        return node;
    }

    private StoredRecord.Header header(StoredRecord.Header header) {
        if (header.value() == null) {
            return header;
        }
        String before = new String(header.value(), StandardCharsets.UTF_8);
        String name = plan.nameOf(before);
        String after = persons.standIn(name) ? persons.removedFrom(name) : name;
        return after.equals(before) ? header : new StoredRecord.Header(header.name(), bytes(after));
    }

    private List<StoredRecord.Header> marked(List<StoredRecord.Header> headers) {
        List<StoredRecord.Header> marked = new ArrayList<>(headers);
        marked.add(new StoredRecord.Header(AuditEvent.Erased.HEADER, bytes(plan.id())));
        return marked;
    }

    private static JsonNode tree(byte[] value) {
        try {
            return value == null || value.length == 0 ? Json.mapper().missingNode() : Json.tree(value);
        } catch (RuntimeException e) {
            return Json.mapper().missingNode();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
