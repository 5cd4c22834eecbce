package io.rationale.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.json.Json;
import java.time.OffsetDateTime;

/** What a value of one of the schemas that others write (note, taxonomy) looks like once Rationale writes it. */
final class Defaults {
    static final String NOTE_ID = "an-id";
    static final String NOTE_SOURCE = "a-source";

    private Defaults() {}

    static JsonNode filledIn(String schema, JsonNode json) {
        return switch (schema) {
            case "note.v1" -> note(json);
            case "taxonomy.v1" -> taxonomy(json);
            default -> json;
        };
    }

    private static JsonNode note(JsonNode json) {
        ObjectNode note = json.isTextual()
                ? Json.mapper().createObjectNode().put("text", json.textValue())
                : (ObjectNode) Trees.withoutNulls(json);
        setIfAbsent(note, "id", NOTE_ID);
        setIfAbsent(note, "source", NOTE_SOURCE);
        note.withObjectProperty("labels");
        note.withArrayProperty("contexts").forEach(context -> setIfAbsent((ObjectNode) context, "text", ""));
        if (note.has("observedAt")) {
            OffsetDateTime at = OffsetDateTime.parse(note.get("observedAt").textValue());
            note.put("observedAt", at.toInstant().toString());
        }
        return note;
    }

    private static JsonNode taxonomy(JsonNode json) {
        ObjectNode taxonomy = json.deepCopy();
        setIfAbsent(taxonomy, "status", "active");
        taxonomy.withObjectProperty("crosswalk");
        for (JsonNode category : taxonomy.get("categories")) {
            setIfAbsent((ObjectNode) category, "name", category.get("id").textValue());
            ((ObjectNode) category).withArrayProperty("examples");
        }
        return taxonomy;
    }

    private static void setIfAbsent(ObjectNode object, String field, String value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }
}
