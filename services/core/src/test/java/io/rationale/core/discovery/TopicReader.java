package io.rationale.core.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.r1.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Plays R1: a note's first word is its topic, and notes of one topic are a pattern of that name. What it answers can be
 * replaced; what it was asked it remembers.
 */
final class TopicReader implements ReasoningModel {
    static final int TOKENS = 100;

    final List<ModelRequest> asked = Collections.synchronizedList(new ArrayList<>());
    /** Of the call's number, from 1, and the outcome that it would have. */
    BiFunction<Integer, ModelOutcome, ModelOutcome> distortion = (call, outcome) -> outcome;

    @Override
    public ModelReply call(ModelRequest request) throws InterruptedException {
        asked.add(request);
        int number = asked.size();
        ModelOutcome outcome = distortion.apply(number, answer(request.prompt().text()));
        Bytes body = Bytes.of(request.prompt().text().getBytes(StandardCharsets.UTF_8));
        return new ModelReply(
                outcome,
                "http://r1/v1",
                "fake",
                "topic-reader",
                body,
                body,
                200,
                null,
                new Usage(TOKENS, 0, 0, 0),
                Instant.EPOCH,
                null,
                Duration.ZERO,
                1,
                List.of());
    }

    static ModelOutcome answer(String prompt) {
        if (prompt.contains("<patterns>")) {
            return complete(merged(lines(prompt, "patterns")));
        }
        return complete(
                prompt.contains("<categories>")
                        ? verdicts(lines(prompt, "categories"), lines(prompt, "notes"))
                        : named(lines(prompt, "notes")));
    }

    static ModelOutcome complete(JsonNode answer) {
        return new ModelOutcome.Complete("I have read it all.", answer.toString());
    }

    private static ObjectNode named(List<JsonNode> notes) {
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode patterns = answer.putArray("patterns");
        byTopic(notes, "text").forEach((topic, of) -> {
            if (of.size() > 1) {
                ObjectNode pattern = patterns.addObject()
                        .put("name", topic + " problem")
                        .put("definition", "All about " + topic + ".")
                        .put("not", "Anything else.")
                        .put("remedy", "Mend " + topic + ".");
                ArrayNode examples = pattern.putArray("examples");
                of.stream().limit(3).forEach(note -> examples.addObject()
                        .put("id", note.path("id").asText())
                        .put("quote", note.path("text").asText()));
                ArrayNode ids = pattern.putArray("notes");
                of.forEach(note -> ids.add(note.path("id").asText()));
            }
        });
        return answer;
    }

    private static ObjectNode merged(List<JsonNode> patterns) {
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode categories = answer.putArray("categories");
        byTopic(patterns, "name").forEach((topic, of) -> {
            ObjectNode category = categories
                    .addObject()
                    .put("name", topic + " trouble")
                    .put("definition", "Everything about " + topic + ".")
                    .put("not", "The rest.")
                    .put("remedy", "Repair " + topic + ".");
            of.forEach(each -> category.withArray("members").add(each.path("id").asText()));
        });
        return answer;
    }

    private static ObjectNode verdicts(List<JsonNode> categories, List<JsonNode> notes) {
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode verdicts = answer.putArray("verdicts");
        for (JsonNode note : notes) {
            String topic = topic(note.path("text").asText());
            String category = categories.stream()
                    .filter(each -> topic(each.path("name").asText()).equals(topic))
                    .map(each -> each.path("id").asText())
                    .findFirst()
                    .orElse("other");
            ObjectNode verdict = verdicts.addObject()
                    .put("id", note.path("id").asText())
                    .put("category", category)
                    .put("rationale", "By its first word.")
                    .put("confidence", "high");
            verdict.putArray("evidence").add(topic);
        }
        return answer;
    }

    private static Map<String, List<JsonNode>> byTopic(List<JsonNode> lines, String field) {
        Map<String, List<JsonNode>> byTopic = new LinkedHashMap<>();
        lines.forEach(line -> byTopic.computeIfAbsent(topic(line.path(field).asText()), any -> new ArrayList<>())
                .add(line));
        return byTopic;
    }

    private static String topic(String text) {
        return text.split(" ")[0];
    }

    private static List<JsonNode> lines(String prompt, String block) {
        int from = prompt.lastIndexOf("<" + block + ">\n") + block.length() + 3;
        int to = prompt.indexOf("</" + block + ">", from);
        return prompt.substring(from, to)
                .lines()
                .map(line -> Json.tree(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
