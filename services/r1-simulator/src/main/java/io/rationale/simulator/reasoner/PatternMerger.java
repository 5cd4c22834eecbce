package io.rationale.simulator.reasoner;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.prompt.ListedPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says which patterns are the same: those whose names begin with the same word, in whatever form. */
final class PatternMerger {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PatternMerger() {}

    static Thinking merged(List<ListedPattern> patterns) {
        Map<String, List<ListedPattern>> byWord = new LinkedHashMap<>();
        patterns.forEach(pattern -> byWord.computeIfAbsent(firstWord(pattern), any -> new ArrayList<>())
                .add(pattern));
        String thought =
                "Okay, " + patterns.size() + " patterns. I am a lexical stand-in: patterns whose names begin with"
                        + " the same word are the same to me.\n\n"
                        + byWord.values().stream().map(PatternMerger::paragraph).collect(Collectors.joining("\n"))
                        + "\n\nThat is every pattern; now the categories as one JSON object.";
        return new Thinking(
                SafeText.inThought(thought), SafeText.inJson(PatternNarrator.written(answer(byWord.values()))), 0);
    }

    private static String firstWord(ListedPattern pattern) {
        List<Word> words = Words.of(pattern.name());
        return words.stream()
                .filter(Word::content)
                .findFirst()
                .or(() -> words.stream().findFirst())
                .map(Word::stem)
                .orElse(pattern.id());
    }

    private static String paragraph(List<ListedPattern> same) {
        String ids = same.stream().map(ListedPattern::id).collect(Collectors.joining(", "));
        String name = "\"" + same.getFirst().name() + "\"";
        return (same.size() == 1 ? ids + " stands alone: " + name + "." : ids + " are the same: " + name + ".")
                .replaceAll("\\R", " ");
    }

    /** A category has the words of its first pattern: a stand-in has none of its own. */
    private static ObjectNode answer(Iterable<List<ListedPattern>> groups) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode categories = answer.putArray("categories");
        for (List<ListedPattern> same : groups) {
            ObjectNode category = categories
                    .addObject()
                    .put("name", same.getFirst().name())
                    .put("definition", same.getFirst().definition())
                    .put("not", "Notes that use the word beside another problem.");
            ArrayNode members = category.putArray("members");
            same.forEach(pattern -> members.add(pattern.id()));
        }
        return answer;
    }
}
