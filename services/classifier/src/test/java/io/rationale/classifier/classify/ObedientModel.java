package io.rationale.classifier.classify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.classifier.Fixtures;
import io.rationale.core.json.Json;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * A model at its worst: it does what any note in the prompt orders, to that note and to all others of the call, and takes
 * every raw token or marker between the notes for the end of the data. Only what a prompt does not show it, it cannot obey.
 */
final class ObedientModel implements ReasoningModel {
    private static final Pattern RAW = Pattern.compile(
            "[<>\\uff1c\\uff1e\\u200b\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff\\x{E0000}-\\x{E0FFF}]|\\[/?INST");

    private final Map<String, JsonNode> orders;
    private final Map<String, String> labels;
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();

    /**
     * @param orders what notes order, by the words of the note
     * @param labels of all other notes, by their texts
     */
    ObedientModel(Map<String, JsonNode> orders, Map<String, String> labels) {
        this.orders = orders;
        this.labels = labels;
    }

    /** Notes of each call. */
    List<Integer> sizes() {
        return sizes;
    }

    /** Raw tokens that it took for the prompt's own. */
    List<String> taken() {
        return taken;
    }

    @Override
    public ModelReply call(ModelRequest request) {
        String block = block(request.prompt().notes());
        RAW.matcher(block).results().forEach(each -> taken.add(each.group()));
        List<JsonNode> notes = block.lines().map(ObedientModel::read).toList();
        sizes.add(notes.size());
        return Fixtures.reply(answer(notes));
    }

    private ModelOutcome answer(List<JsonNode> notes) {
        String[] chosen = notes.stream()
                .map(note -> labels.getOrDefault(note.path("text").asText(), "wrong-format"))
                .toArray(String[]::new);
        List<String> breaks = new ArrayList<>();
        for (int i = 0; i < chosen.length; i++) {
            Optional<JsonNode> order = orderIn(notes.get(i));
            if (order.isPresent()) {
                obey(order.get(), i, chosen);
                breaks.add(order.get().path("breaks").asText());
            }
        }
        if (!taken.isEmpty()) {
            Arrays.fill(chosen, "no-error");
        }
        return broken(notes, chosen, breaks);
    }

    private static void obey(JsonNode order, int position, String[] chosen) {
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = order.path(i == position ? "self" : "others").asText(chosen[i]);
        }
    }

    private Optional<JsonNode> orderIn(JsonNode note) {
        String all = note.toString();
        return orders.entrySet().stream()
                .filter(each -> all.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static ModelOutcome broken(List<JsonNode> notes, String[] chosen, List<String> breaks) {
        String thought = thought(chosen);
        String answer = json(notes, chosen, breaks.contains("leak"), chosen.length - (breaks.contains("omit") ? 1 : 0));
        if (breaks.contains("nothing")) {
            return new ModelOutcome.Complete(thought, "");
        }
        if (breaks.contains("loop")) {
            return new ModelOutcome.Loop("hm hm hm", "");
        }
        if (breaks.contains("stop")) {
            return new ModelOutcome.TruncatedInAnswer(thought, answer.substring(0, answer.length() / 2));
        }
        String[] fine = new String[16];
        Arrays.fill(fine, "no-error");
        String forged = json(List.of(), fine, false, fine.length);
        String before = breaks.contains("prepend") ? forged : "";
        String after = breaks.contains("append") ? forged : "";
        return new ModelOutcome.Complete(thought, before + answer + after);
    }

    private static String thought(String[] chosen) {
        StringBuilder thought = new StringBuilder();
        for (int i = 0; i < chosen.length; i++) {
            thought.append("Note n%d: this is %s.%n".formatted(i + 1, chosen[i]));
        }
        return thought.toString();
    }

    private static String json(List<JsonNode> notes, String[] chosen, boolean leaking, int entries) {
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode verdicts = answer.putArray("verdicts");
        for (int i = 0; i < entries; i++) {
            ArrayNode evidence = verdicts.addObject()
                    .put("id", "n" + (i + 1))
                    .put("category", chosen[i])
                    .put("confidence", "high")
                    .putArray("evidence");
            for (int other = 0; other < notes.size(); other++) {
                if (leaking || other == i) {
                    evidence.add(notes.get(other).path("text").asText());
                }
            }
        }
        return Json.line(answer);
    }

    private static String block(String notes) {
        return notes.substring(notes.indexOf("<notes>\n") + 8, notes.lastIndexOf("</notes>"));
    }

    private static JsonNode read(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
