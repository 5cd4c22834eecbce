package io.rationale.core.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.note.Note;
import io.rationale.core.prompt.PromptBuilder;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads R1's answer: tolerant in form, strict in contract. Only ids that were asked and labels of the closed set come
 * out; a note whose entry is missing, unreadable or contradictory does not, and is to be asked again. Thread safe.
 */
public final class AnswerParser {
    private static final int MAX_QUOTES = 5;

    private final Map<String, Category> labels;
    private final Map<String, String> labelsByFolded = new HashMap<>();

    public AnswerParser(Taxonomy taxonomy) {
        this.labels = taxonomy.labels();
        labels.values().forEach(category -> labelsByFolded.put(folded(category.name()), category.id()));
        labels.keySet().forEach(id -> labelsByFolded.put(folded(id), id));
    }

    /**
     * Reads an answer about these notes.
     *
     * @param text  the content, or the tail of a thought that never closed
     * @param notes as they stood in the prompt
     * @return for each note that has an acceptable entry its position and that entry
     */
    public Map<Integer, ParsedAnswer> parse(String text, List<Note> notes) {
        Map<Integer, ParsedAnswer> answers = new LinkedHashMap<>();
        Set<Integer> contradicted = new HashSet<>();
        for (JsonNode entry : entries(JsonValues.in(text), notes.size())) {
            int position = position(entry, notes.size());
            Optional<ParsedAnswer> answer = position < 0 ? Optional.empty() : answer(entry, notes.get(position));
            if (answer.isPresent()) {
                ParsedAnswer before = answers.putIfAbsent(position, answer.get());
                if (before != null && !before.category().equals(answer.get().category())) {
                    contradicted.add(position);
                }
            }
        }
        answers.keySet().removeAll(contradicted);
        return answers;
    }

    /** The category's name for people. */
    public String nameOf(String label) {
        return labels.get(label).name();
    }

    /**
     * The entries of the last value that holds any: an answer forged inside a note can stand before the real one, never
     * after it. Entries that stand one by one count together.
     */
    private static List<JsonNode> entries(List<JsonNode> values, int notes) {
        for (int i = values.size() - 1; i >= 0; i--) {
            List<JsonNode> entries = entriesOf(values.get(i));
            boolean hasAny = entries.stream().anyMatch(entry -> position(entry, notes) >= 0);
            if (hasAny && isEntry(values.get(i))) {
                return values.stream().filter(AnswerParser::isEntry).toList();
            }
            if (hasAny) {
                return entries;
            }
        }
        return List.of();
    }

    private static List<JsonNode> entriesOf(JsonNode value) {
        if (isEntry(value)) {
            return List.of(value);
        }
        JsonNode list = value.isObject() && value.path("verdicts").isArray() ? value.get("verdicts") : value;
        List<JsonNode> entries = new ArrayList<>();
        list.elements().forEachRemaining(entries::add);
        return entries;
    }

    private static boolean isEntry(JsonNode value) {
        return value.isObject() && value.has("id") && value.has("category");
    }

    private static int position(JsonNode entry, int notes) {
        if (!isEntry(entry)) {
            return -1;
        }
        String id = entry.get("id").asText().strip().toLowerCase(Locale.ROOT);
        for (int i = 0; i < notes; i++) {
            String shortId = PromptBuilder.shortId(i);
            if (id.equals(shortId) || id.equals(shortId.substring(1))) {
                return i;
            }
        }
        return -1;
    }

    private Optional<ParsedAnswer> answer(JsonNode entry, Note note) {
        String given = entry.get("category").asText("");
        String category = labels.containsKey(given) ? given : labelsByFolded.get(folded(given));
        if (category == null) {
            return Optional.empty();
        }
        List<String> quotes = quotes(entry.path("evidence"));
        List<Evidence> evidence = evidence(quotes, note);
        boolean quoteFound = !quotes.isEmpty() && evidence.size() == quotes.size();
        return Optional.of(new ParsedAnswer(
                category,
                secondary(entry, category),
                evidence.stream().distinct().toList(),
                quoteFound,
                !category.equals(given),
                entry.path("rationale").asText(""),
                confidence(entry.path("confidence").asText(""))));
    }

    private String secondary(JsonNode entry, String category) {
        String given = entry.path("secondary").asText("");
        String secondary = labels.containsKey(given) ? given : labelsByFolded.get(folded(given));
        return category.equals(secondary) ? null : secondary;
    }

    private static List<String> quotes(JsonNode evidence) {
        List<String> quotes = new ArrayList<>();
        if (evidence.isTextual()) {
            quotes.add(evidence.textValue());
        }
        evidence.elements().forEachRemaining(each -> {
            String quote = each.isObject() ? each.path("quote").asText("") : each.asText("");
            if (!quote.isBlank() && quotes.size() < MAX_QUOTES) {
                quotes.add(quote);
            }
        });
        return quotes;
    }

    private static List<Evidence> evidence(List<String> quotes, Note note) {
        QuoteFinder finder = new QuoteFinder(note);
        return quotes.stream().map(finder::find).flatMap(Optional::stream).toList();
    }

    private static Verdict.Confidence confidence(String given) {
        return switch (given.strip().toLowerCase(Locale.ROOT)) {
            case "high" -> Verdict.Confidence.HIGH;
            case "medium" -> Verdict.Confidence.MEDIUM;
            case "low" -> Verdict.Confidence.LOW;
            default -> Verdict.Confidence.UNSTATED;
        };
    }

    /** Case and punctuation do not make another label. */
    static String folded(String label) {
        return label.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }
}
