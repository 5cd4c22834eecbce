package io.rationale.core.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes personal data out of bytes that may be anything: JSON value by value, so that what is escaped is found, other
 * texts as a whole. Where nothing is found, not a byte changes. Thread safe.
 */
final class RawRedaction {
    /** Numbered in the order of a note's own texts, so that a dead letter's placeholders are those of its note. */
    private static final List<String> FIRST = List.of("text", "question", "answer", "expected", "contexts", "labels");

    private final Redaction redaction;

    RawRedaction(Redaction redaction) {
        this.redaction = redaction;
    }

    /** What is left. */
    record Result(Bytes bytes, Map<String, Integer> counts) {}

    Result of(Bytes bytes) {
        Optional<JsonNode> json = json(bytes);
        return json.isPresent() ? ofJson(bytes, json.get()) : ofText(bytes);
    }

    private static Optional<JsonNode> json(Bytes bytes) {
        try {
            JsonNode tree = bytes.size() == 0 ? null : Json.tree(bytes.toArray());
            return Optional.ofNullable(tree).filter(each -> each.isContainerNode() || each.isTextual());
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private Result ofJson(Bytes bytes, JsonNode tree) {
        List<Field> fields = new ArrayList<>();
        collect(null, tree, fields);
        Redacted redacted = redaction.of(fields);
        // What stands behind the value, or twice under one name, is in no tree.
        Result whole = ofText(bytes);
        if (!redacted.isChanged()) {
            return whole;
        }
        JsonNode rebuilt = rebuilt(tree, redacted.texts().iterator());
        return new Result(Bytes.of(Json.bytes(rebuilt)), redacted.counts());
    }

    private static void collect(String label, JsonNode node, List<Field> fields) {
        if (node instanceof ObjectNode object) {
            for (String name : names(object)) {
                fields.add(Field.of(name));
                collect(name, object.get(name), fields);
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(each -> collect(label, each, fields));
        } else if (node.isTextual() || node.isNumber()) {
            fields.add(new Field(label, node.asText()));
        }
    }

    private static Set<String> names(ObjectNode object) {
        Set<String> names = new LinkedHashSet<>(FIRST);
        names.removeIf(name -> !object.has(name));
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode rebuilt(JsonNode node, Iterator<String> texts) {
        if (node instanceof ObjectNode object) {
            ObjectNode rebuilt = Json.mapper().createObjectNode();
            for (String name : names(object)) {
                String said = texts.next();
                rebuilt.set(said, rebuilt(object.get(name), texts));
            }
            return rebuilt;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode rebuilt = Json.mapper().createArrayNode();
            array.forEach(each -> rebuilt.add(rebuilt(each, texts)));
            return rebuilt;
        }
        if (node.isTextual() || node.isNumber()) {
            String said = texts.next();
            return said.equals(node.asText()) ? node : new TextNode(said);
        }
        return node;
    }

    private Result ofText(Bytes bytes) {
        byte[] raw = bytes.toArray();
        Charset charset = charset(bytes, raw);
        String text = new String(raw, charset);
        Redacted redacted = redaction.of(Collections.singletonList(Field.of(text)));
        return redacted.isChanged()
                ? new Result(Bytes.of(redacted.texts().getFirst().getBytes(charset)), redacted.counts())
                : new Result(bytes, Map.of());
    }

    /** One in which every byte can be read and written again. */
    private static Charset charset(Bytes bytes, byte[] raw) {
        int zeros = 0;
        int evenZeros = 0;
        for (int i = 0; i < raw.length; i++) {
            zeros += raw[i] == 0 ? 1 : 0;
            evenZeros += raw[i] == 0 && i % 2 == 0 ? 1 : 0;
        }
        if (zeros > raw.length / 4) {
            return evenZeros > zeros / 2 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        }
        return bytes.strictUtf8().isPresent() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    }
}
