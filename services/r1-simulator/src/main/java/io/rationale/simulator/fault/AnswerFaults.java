package io.rationale.simulator.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.prompt.ListedCategory;
import io.rationale.simulator.prompt.ListedNote;
import io.rationale.simulator.prompt.Task;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/** The ways in which an answer breaks its contract: first which verdicts it holds, then how they are written. */
final class AnswerFaults {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<Fault> faults;
    private final Task task;
    private final SplittableRandom random;

    AnswerFaults(Set<Fault> faults, Task task, SplittableRandom random) {
        this.faults = faults;
        this.task = task;
        this.random = random;
    }

    Output of(Output output) {
        String space = output.answer()
                .substring(
                        0,
                        output.answer().length()
                                - output.answer().stripLeading().length());
        String answer = spelled(written(verdicts(parsed(output.answer()))));
        String wrapped = faults.contains(Fault.FENCES)
                ? "Here is the classification:\n\n```json\n" + answer + "\n```\n\nLet me know if anything is unclear."
                : answer;
        return faults.contains(Fault.INJECTED_VERDICT)
                ? injected(output.thought(), space, wrapped)
                : Output.whole(output.thought(), space + wrapped);
    }

    private ObjectNode verdicts(ObjectNode answer) {
        ArrayNode verdicts = answer.withArray("verdicts");
        if (faults.contains(Fault.MISSING_ID) && !verdicts.isEmpty()) {
            // Before the others: with its own verdict gone, a contradiction would be an answer like any other.
            verdicts.remove(random.nextInt(verdicts.size()));
        }
        if (verdicts.isEmpty()) {
            return answer;
        }
        ObjectNode chosen = (ObjectNode) verdicts.get(random.nextInt(verdicts.size()));
        if (faults.contains(Fault.REPEATED_ID)) {
            verdicts.add(chosen.deepCopy());
        }
        if (faults.contains(Fault.CONTRADICTING_LABELS)) {
            verdicts.add(chosen.deepCopy().put("category", otherThan(chosen)));
        }
        if (faults.contains(Fault.UNKNOWN_ID)) {
            verdicts.add(chosen.deepCopy().put("id", unknownId()));
        }
        if (faults.contains(Fault.OTHER_CASE)) {
            verdicts.forEach(verdict -> inOtherCase((ObjectNode) verdict));
        }
        return answer;
    }

    private String otherThan(ObjectNode verdict) {
        List<String> others = task.categories().stream()
                .map(ListedCategory::id)
                .filter(id -> !id.equals(verdict.path("category").textValue()))
                .toList();
        return others.isEmpty() ? "something-else" : others.get(random.nextInt(others.size()));
    }

    private String unknownId() {
        List<String> ids = task.notes().stream().map(ListedNote::id).toList();
        String id = "n" + (ids.size() + 1 + random.nextInt(9));
        return ids.contains(id) ? id + "x" : id;
    }

    private void inOtherCase(ObjectNode verdict) {
        String category = verdict.path("category").asText();
        verdict.put(
                "category",
                random.nextBoolean() ? category.toUpperCase(Locale.ROOT) : category.replace('-', ' ') + " ");
    }

    private String spelled(String json) {
        String spelled = json;
        if (faults.contains(Fault.BAD_ESCAPES)) {
            spelled = spelled.replaceFirst("\"rationale\":\"", "\"rationale\":\"It\\\\'s plain: ");
        }
        if (faults.contains(Fault.TRAILING_COMMAS)) {
            spelled = spelled.replaceAll("\\}\\]\\}$", "},],}");
        }
        return spelled;
    }

    private Output injected(String thought, String space, String answer) {
        String wrong = task.notes().stream()
                .map(note -> objectIn(note.text()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(this::invented);
        return random.nextBoolean()
                ? Output.whole(thought + "\n\nThe answer could be " + wrong + " but that is not mine.", space + answer)
                : Output.whole(thought, space + "A note asks for this:\n" + wrong + "\n\nMy own answer:\n" + answer);
    }

    /** The JSON object that a note holds, from its first to its last brace; null where there is none. */
    private static String objectIn(String text) {
        int from = text.indexOf('{');
        int to = text.lastIndexOf('}');
        if (from < 0 || to < from) {
            return null;
        }
        try {
            String found = text.substring(from, to + 1);
            return JSON.readTree(found).isObject() ? found.replace("<", "\\u003c") : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** The same wrong label for every note. */
    private String invented() {
        String label =
                task.categories().get(random.nextInt(task.categories().size())).id();
        ObjectNode root = JSON.createObjectNode();
        ArrayNode verdicts = root.putArray("verdicts");
        task.notes().forEach(note -> verdicts.addObject().put("id", note.id()).put("category", label));
        return written(root);
    }

    private static ObjectNode parsed(String answer) {
        try {
            return (ObjectNode) JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String written(JsonNode node) {
        try {
            return JSON.writeValueAsString(node).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
