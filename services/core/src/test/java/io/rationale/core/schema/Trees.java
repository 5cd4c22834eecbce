package io.rationale.core.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Changes of JSON trees; all leave the given tree as it is. */
final class Trees {
    /** Objects whose fields are entries that the sender or the taxonomy names. */
    static final Set<String> MAPS =
            Set.of("labels", "votes", "models", "crosswalk", "cut", "counted", "ends", "redacted");

    private Trees() {}

    /** The same tree, equal to every tree whose numbers have the same values: 1 is 1.0. */
    static JsonNode byValue(JsonNode json) {
        if (json.isNumber()) {
            BigDecimal value = json.decimalValue();
            return DecimalNode.valueOf(value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros());
        }
        return mapChildren(json, Trees::byValue);
    }

    /** Without the fields that are null. */
    static JsonNode withoutNulls(JsonNode json) {
        JsonNode copy = mapChildren(json, Trees::withoutNulls);
        if (copy instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        return copy;
    }

    /** With one more field in every object, at every depth, save in maps. */
    static JsonNode withUnknownFields(JsonNode json, JsonNode unknown) {
        return withUnknownFields("", json, unknown);
    }

    private static JsonNode withUnknownFields(String name, JsonNode json, JsonNode unknown) {
        JsonNode copy = json.deepCopy();
        if (copy instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withUnknownFields("", array.get(i), unknown));
            }
        } else if (copy instanceof ObjectNode object && !MAPS.contains(name)) {
            object.properties()
                    .forEach(field -> field.setValue(withUnknownFields(field.getKey(), field.getValue(), unknown)));
            object.set("addedInALaterYear", unknown);
        }
        return copy;
    }

    /** Where every value stands, the root excepted. */
    static List<JsonPointer> pointers(JsonNode json) {
        List<JsonPointer> pointers = new ArrayList<>();
        collect(json, JsonPointer.empty(), pointers);
        return pointers;
    }

    private static void collect(JsonNode json, JsonPointer at, List<JsonPointer> pointers) {
        if (json instanceof ObjectNode object) {
            object.properties().forEach(field -> add(field.getValue(), at.appendProperty(field.getKey()), pointers));
        } else {
            for (int i = 0; i < json.size(); i++) {
                add(json.get(i), at.appendIndex(i), pointers);
            }
        }
    }

    private static void add(JsonNode json, JsonPointer at, List<JsonPointer> pointers) {
        pointers.add(at);
        collect(json, at, pointers);
    }

    /** With another value there. */
    static JsonNode replaced(JsonNode json, JsonPointer at, JsonNode value) {
        JsonNode copy = json.deepCopy();
        JsonNode parent = copy.at(at.head());
        if (parent instanceof ObjectNode object) {
            object.set(at.last().getMatchingProperty(), value);
        } else {
            ((ArrayNode) parent).set(at.last().getMatchingIndex(), value);
        }
        return copy;
    }

    /** Without the field there. */
    static JsonNode removed(JsonNode json, JsonPointer at) {
        JsonNode copy = json.deepCopy();
        ((ObjectNode) copy.at(at.head())).remove(at.last().getMatchingProperty());
        return copy;
    }

    private static JsonNode mapChildren(JsonNode json, UnaryOperator<JsonNode> change) {
        if (json instanceof ObjectNode object) {
            ObjectNode copy = Json.mapper().createObjectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), change.apply(field.getValue())));
            return copy;
        }
        if (json instanceof ArrayNode array) {
            ArrayNode copy = Json.mapper().createArrayNode();
            array.forEach(item -> copy.add(change.apply(item)));
            return copy;
        }
        return json;
    }
}
