package io.rationale.simulator.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads the task out of a prompt: the last {@code <categories>} and the last {@code <notes>} block, one JSON object a
 * line; or, where patterns are to be found, notes without categories, or patterns alone. Lines that are not such an object, or have no id, are skipped as a model would pass over them.
 */
public final class TaskReader {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private TaskReader() {}

    /** The task, or nothing where the prompt has no such blocks or lists no category. */
    public static Optional<Task> read(String prompt) {
        Optional<List<String>> notes = TaggedBlock.lastOf(prompt, "notes");
        List<ListedCategory> categories = TaggedBlock.lastOf(prompt, "categories").stream()
                .flatMap(TaskReader::objects)
                .map(TaskReader::category)
                .toList();
        if (notes.isEmpty() || categories.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Task(categories, objects(notes.get()).map(TaskReader::note).toList()));
    }

    /** The notes in which patterns are to be found; none where the prompt lists categories to choose from. */
    public static List<ListedNote> notesToGroup(String prompt) {
        if (TaggedBlock.lastOf(prompt, "categories").isPresent()) {
            return List.of();
        }
        return TaggedBlock.lastOf(prompt, "notes").stream()
                .flatMap(TaskReader::objects)
                .map(TaskReader::note)
                .toList();
    }

    /** The patterns of which the same ones are to be found. */
    public static List<ListedPattern> patternsToMerge(String prompt) {
        return TaggedBlock.lastOf(prompt, "patterns").stream()
                .flatMap(TaskReader::objects)
                .map(node -> new ListedPattern(text(node, "id"), text(node, "name"), text(node, "definition")))
                .toList();
    }

    private static Stream<JsonNode> objects(List<String> lines) {
        return lines.stream().flatMap(line -> parsed(line).stream()).filter(node -> !text(node, "id")
                .isBlank());
    }

    private static Optional<JsonNode> parsed(String line) {
        try {
            return Optional.of(JSON.readTree(line)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static ListedCategory category(JsonNode node) {
        return new ListedCategory(
                text(node, "id"),
                text(node, "name"),
                text(node, "definition"),
                elements(node, "examples").map(JsonNode::asText).toList());
    }

    private static ListedNote note(JsonNode node) {
        return new ListedNote(
                text(node, "id"),
                text(node, "text"),
                text(node, "answer"),
                text(node, "expected"),
                elements(node, "contexts")
                        .map(context -> text(context, "text"))
                        .filter(text -> !text.isBlank())
                        .toList());
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }

    private static Stream<JsonNode> elements(JsonNode node, String field) {
        return StreamSupport.stream(node.path(field).spliterator(), false);
    }
}
