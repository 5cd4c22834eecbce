package io.rationale.core.schema;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.deadletter.DeadLetter.Origin;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import java.util.Base64;
import java.util.Map;

/** A line of {@code dead-letters.jsonl} by the words of its schema, written independently of the services. */
final class DeadLetterLine {
    private static final TypeReference<Map<String, Integer>> COUNTS = new TypeReference<>() {};

    private DeadLetterLine() {}

    static byte[] write(DeadLetter letter) {
        ObjectNode line = Json.mapper().createObjectNode();
        line.put("key", letter.key()).put("reason", letter.reason()).put("cause", letter.cause());
        if (letter.field() != null) {
            line.put("field", letter.field());
        }
        if (!letter.redacted().isEmpty()) {
            line.set("redacted", Json.mapper().valueToTree(letter.redacted()));
        }
        line.set("origin", Json.mapper().valueToTree(letter.origin()));
        letter.original().strictUtf8().ifPresent(text -> line.put("text", text));
        line.put("base64", letter.original().base64());
        return Json.bytes(line);
    }

    static DeadLetter read(byte[] json) {
        JsonNode line = Json.tree(json);
        JsonNode origin = line.get("origin");
        return new DeadLetter(
                line.get("key").textValue(),
                Bytes.of(Base64.getDecoder().decode(line.get("base64").textValue())),
                line.get("reason").textValue(),
                line.get("cause").textValue(),
                line.path("field").textValue(),
                origin.has("file")
                        ? new Origin.File(
                                origin.get("file").textValue(),
                                origin.get("line").longValue())
                        : new Origin.Topic(
                                origin.get("topic").textValue(),
                                origin.get("partition").intValue(),
                                origin.get("offset").longValue()),
                Json.mapper().convertValue(line.path("redacted"), COUNTS));
    }
}
