package io.rationale.console.statistics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Picks what counts need out of an audit event's JSON and passes over the rest, of which chains of thought are the
 * most: several times faster than making an {@link AuditEvent} of it, with the same result for each valid one.
 *
 * <p>An event counts when every field that its schema requires at the top, in {@code note}, {@code position} and {@code
 * verdict} is there with its type, as far as {@link AuditEvent} asks for it. What lies deeper and is not counted
 * (contexts, quotes, passages) is not looked at. Numbers that are not finite are no numbers. Half surrogate pairs, which
 * UTF-8 cannot hold, become question marks. Used by one thread.
 */
final class AuditFactsReader {
    private static final JsonMapper MAPPER = Json.mapper();
    private static final JsonFactory FACTORY = MAPPER.getFactory();

    private final Set<String> dimensions;

    /** @param dimensions names of the note labels that are counted */
    AuditFactsReader(Set<String> dimensions) {
        this.dimensions = Set.copyOf(dimensions);
    }

    /** @return null for an event that changes no count @throws IOException when the bytes are no audit event */
    AuditFacts read(byte[] json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            Found found = new Found(parser);
            found.object(found::event);
            return found.facts();
        } catch (NullPointerException | IllegalArgumentException e) {
            throw new IOException("no audit event", e);
        }
    }

    /** Takes one field, whose value is the parser's current token, or passes over it. */
    private interface Field {
        void take(String name) throws IOException;
    }

    /** What was found in one event so far. */
    private final class Found {
        private final JsonParser json;
        private String type;
        private boolean eventId;
        private boolean at;
        private boolean reviewer;
        private boolean reason;
        private String noteId;
        private TaxonomyRef taxonomy;
        private String newCategory;
        private Usage usage;
        private boolean note;
        private String id;
        private boolean text;
        private String source;
        private Long observed;
        private Map<String, String> labels = Map.of();
        private boolean topic;
        private Long timestamp;
        private boolean verdict;
        private TaxonomyRef judgedUnder;
        private String category;
        private double agreement;
        private boolean reasoning;
        private boolean checks;
        private Usage spent;
        private boolean classifiedAt;
        private String model;
        private boolean promptVersion;

        Found(JsonParser json) {
            this.json = json;
        }

        /** Shows every field of the object that begins here; whether there was one: null is none. */
        boolean object(Field field) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return false;
            }
            require(json.currentToken() == JsonToken.START_OBJECT);
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                field.take(name);
            }
            require(json.currentToken() == JsonToken.END_OBJECT);
            return true;
        }

        void event(String name) throws IOException {
            switch (name) {
                case "type" -> type = string();
                case "eventId" -> eventId = isText();
                case "noteId" -> noteId = string();
                case "note" -> note = object(this::note);
                case "position" -> object(this::position);
                case "taxonomy" -> taxonomy = taxonomy();
                case "verdict" -> verdict = object(this::verdict);
                case "usage" -> usage = usage();
                case "newCategory" -> newCategory = string();
                case "reviewer" -> reviewer = isText();
                case "reason" -> reason = isText();
                case "selection" -> isText();
                case "at" -> at = minute() != null;
                default -> json.skipChildren();
            }
        }

        private void note(String name) throws IOException {
            switch (name) {
                case "id" -> id = string();
                case "text" -> text = !isBlank();
                case "source" -> source = string();
                case "observedAt" -> observed = minute();
                case "labels" -> labels();
                default -> json.skipChildren();
            }
        }

        private void position(String name) throws IOException {
            switch (name) {
                case "topic" -> topic = isText();
                case "timestamp" -> timestamp = minute();
                default -> json.skipChildren();
            }
        }

        private void verdict(String name) throws IOException {
            switch (name) {
                case "taxonomy" -> judgedUnder = taxonomy();
                case "category" -> category = string();
                case "agreement" -> agreement = number();
                case "confidence" -> MAPPER.readValue(json, Verdict.Confidence.class);
                case "reasoning" -> reasoning = isObject();
                case "checks" -> checks = isObject();
                case "provenance" -> object(this::provenance);
                case "usage" -> spent = usage();
                case "classifiedAt" -> classifiedAt = minute() != null;
                default -> json.skipChildren();
            }
        }

        private void provenance(String name) throws IOException {
            switch (name) {
                case "model" -> model = string();
                case "promptVersion" -> promptVersion = isText();
                default -> json.skipChildren();
            }
        }

        private void labels() throws IOException {
            Map<String, String> wanted = new TreeMap<>();
            object(name -> {
                if (dimensions.contains(name)) {
                    String value = string();
                    if (value != null) {
                        wanted.put(name, value);
                    }
                } else {
                    require(!json.currentToken().isStructStart());
                }
            });
            labels = wanted.isEmpty() ? Map.of() : Collections.unmodifiableSortedMap((TreeMap<String, String>) wanted);
        }

        private TaxonomyRef taxonomy() throws IOException {
            String[] name = new String[1];
            int[] version = new int[1];
            boolean there = object(field -> {
                switch (field) {
                    case "id" -> name[0] = string();
                    case "version" -> version[0] = whole();
                    default -> json.skipChildren();
                }
            });
            return there ? new TaxonomyRef(name[0], version[0]) : null;
        }

        private Usage usage() throws IOException {
            double[] tokens = new double[4];
            boolean there = object(field -> {
                switch (field) {
                    case "prompt" -> tokens[0] = number();
                    case "reasoning" -> tokens[1] = number();
                    case "answer" -> tokens[2] = number();
                    case "cached" -> tokens[3] = number();
                    default -> json.skipChildren();
                }
            });
            return there ? new Usage(tokens[0], tokens[1], tokens[2], tokens[3]) : null;
        }

        AuditFacts facts() throws IOException {
            require(type != null && eventId);
            return switch (type) {
                case "classified" -> classified();
                case "unclassifiable" -> unclassifiable();
                case "reviewed" -> reviewed();
                case "erased" -> null;
                default -> throw new IOException("an unknown type of event");
            };
        }

        private AuditFacts classified() throws IOException {
            requireNote();
            require(verdict && judgedUnder != null && category != null && reasoning && checks && spent != null);
            require(classifiedAt && model != null && promptVersion);
            return new AuditFacts(
                    AuditFacts.Kind.CLASSIFIED,
                    id,
                    source,
                    seen(),
                    labels,
                    judgedUnder,
                    category,
                    agreement,
                    model,
                    spent);
        }

        private AuditFacts unclassifiable() throws IOException {
            requireNote();
            require(taxonomy != null && reason && at);
            Usage vain = usage == null ? Usage.NONE : usage;
            return new AuditFacts(
                    AuditFacts.Kind.UNCLASSIFIABLE, id, source, seen(), labels, taxonomy, null, 0, null, vain);
        }

        private AuditFacts reviewed() throws IOException {
            require(noteId != null && taxonomy != null && reviewer && newCategory != null && at);
            return new AuditFacts(
                    AuditFacts.Kind.REVIEWED, noteId, null, 0, Map.of(), taxonomy, newCategory, 0, null, Usage.NONE);
        }

        private void requireNote() throws IOException {
            require(note && id != null && !id.isBlank() && text && source != null && topic && timestamp != null);
        }

        private long seen() {
            return observed != null ? observed : timestamp;
        }

        private String string() throws IOException {
            return json.currentToken() == JsonToken.VALUE_STRING
                    ? paired(json.getText())
                    : MAPPER.readValue(json, String.class);
        }

        /** Whether a text is there, which is not looked at. */
        private boolean isText() throws IOException {
            return json.currentToken() == JsonToken.VALUE_STRING || MAPPER.readValue(json, String.class) != null;
        }

        private boolean isObject() throws IOException {
            return object(name -> json.skipChildren());
        }

        private boolean isBlank() throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                String value = MAPPER.readValue(json, String.class);
                return value == null || value.isBlank();
            }
            char[] chars = json.getTextCharacters();
            int start = json.getTextOffset();
            // Almost every text begins with a letter.
            return json.getTextLength() == 0
                    || (Character.isWhitespace(chars[start])
                            && new String(chars, start, json.getTextLength()).isBlank());
        }

        private double number() throws IOException {
            double value =
                    json.currentToken().isNumeric() ? json.getDoubleValue() : MAPPER.readValue(json, double.class);
            require(Double.isFinite(value));
            return value;
        }

        private int whole() throws IOException {
            return json.currentToken() == JsonToken.VALUE_NUMBER_INT
                    ? json.getIntValue()
                    : MAPPER.readValue(json, int.class);
        }

        /** The minute of a time, or null. */
        private Long minute() throws IOException {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                long minute = UtcMinute.of(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
                if (minute != UtcMinute.NONE) {
                    return minute;
                }
            }
            Instant time = MAPPER.readValue(json, Instant.class);
            return time == null ? null : Bucket.minuteOf(time);
        }
    }

    /** The same without halves of surrogate pairs, as UTF-8 gives it back. */
    private static String paired(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                return new String(utf8, StandardCharsets.UTF_8);
            }
        }
        return text;
    }

    private static void require(boolean given) throws IOException {
        if (!given) {
            throw new IOException("no audit event: a required field is missing or of another type");
        }
    }
}
