package io.rationale.core.r1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Where servers put thought and answer in a message or a delta; null, empty and absent are one case. */
final class MessageFields {
    private static final List<String> REASONING = List.of("reasoning_content", "reasoning", "thinking");

    private MessageFields() {}

    /** The thought. Servers that fill several fields say the same in each: one counts. */
    static String reasoning(JsonNode message) {
        for (String field : REASONING) {
            String text = text(message.path(field));
            if (!text.isEmpty()) {
                return text;
            }
        }
        String details = joined(message.path("reasoning_details"), "text", "summary");
        return details.isEmpty() ? joined(message.path("content"), "thinking") : details;
    }

    /** The answer, or all that the model wrote where the server divides nothing. */
    static String content(JsonNode message) {
        JsonNode content = message.path("content");
        return content.isArray() ? joined(content, "text") : text(content);
    }

    /** The texts of an array of parts; a part may hold parts itself. */
    private static String joined(JsonNode parts, String... fields) {
        StringBuilder joined = new StringBuilder();
        for (JsonNode part : parts) {
            for (String field : fields) {
                JsonNode value = part.path(field);
                joined.append(value.isArray() ? joined(value, "text") : text(value));
            }
        }
        return joined.toString();
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : "";
    }
}
