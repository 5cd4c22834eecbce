package io.rationale.core.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JSON Schema of the answer that a prompt asks for, for servers that can hold a model to one. Only keywords that
 * every grammar engine knows; a schema cannot forbid that an id comes twice, so answers are checked all the same.
 */
public final class AnswerSchema {
    /** Without a bound a string may run to the token limit. */
    private static final int LONGEST_TEXT = 600;

    private static final int MOST_QUOTES = 3;

    private final List<String> categories;
    private final Map<Integer, ObjectNode> known = new ConcurrentHashMap<>();

    public AnswerSchema(Taxonomy taxonomy) {
        this.categories = taxonomy.leaves().stream().map(Category::id).toList();
    }

    /** The schema of an answer about so many notes; not to be changed. */
    public ObjectNode forNotes(int notes) {
        return known.computeIfAbsent(notes, this::schema);
    }

    private ObjectNode schema(int notes) {
        ObjectNode verdict = object();
        ObjectNode fields = verdict.putObject("properties");
        ArrayNode ids = fields.putObject("id").put("type", "string").putArray("enum");
        for (int i = 0; i < notes; i++) {
            ids.add(PromptBuilder.shortId(i));
        }
        categories.forEach(fields.putObject("category").put("type", "string").putArray("enum")::add);
        ArrayNode secondary = fields.putObject("secondary").putArray("anyOf");
        categories.forEach(secondary.addObject().put("type", "string").putArray("enum")::add);
        secondary.addObject().put("type", "null");
        text(fields.putObject("evidence")
                .put("type", "array")
                .put("maxItems", MOST_QUOTES)
                .putObject("items"));
        text(fields.putObject("rationale"));
        fields.putObject("confidence")
                .put("type", "string")
                .putArray("enum")
                .add("high")
                .add("medium")
                .add("low");
        verdict.putArray("required")
                .add("id")
                .add("category")
                .add("secondary")
                .add("evidence")
                .add("rationale")
                .add("confidence");
        ObjectNode schema = object();
        schema.putObject("properties")
                .putObject("verdicts")
                .put("type", "array")
                .put("minItems", notes)
                .put("maxItems", notes)
                .set("items", verdict);
        schema.putArray("required").add("verdicts");
        return schema;
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode().put("type", "object").put("additionalProperties", false);
    }

    private static void text(ObjectNode schema) {
        schema.put("type", "string").put("maxLength", LONGEST_TEXT);
    }
}
