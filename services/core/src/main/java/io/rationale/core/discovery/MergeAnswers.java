package io.rationale.core.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.verdict.JsonValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads which groups of patterns R1 holds to be the same. The last object with a list of categories counts. Ids that
 * were not asked about count for nothing, one that stands twice counts where it stands first, and a group that R1 left
 * out stays by itself: nothing gets lost here.
 */
final class MergeAnswers {
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_TEXT = 600;

    private final List<PatternGroup> groups;
    private final Map<String, PatternGroup> open = new HashMap<>();

    private MergeAnswers(List<PatternGroup> groups) {
        this.groups = groups;
        for (int i = 0; i < groups.size(); i++) {
            open.put(DiscoveryPrompts.groupId(i), groups.get(i));
        }
    }

    /** @return empty when the answer holds no such object, or one that names none of the groups */
    static Optional<List<PatternGroup>> read(String answer, List<PatternGroup> groups) {
        return JsonValues.in(answer).stream()
                .filter(value -> value.path("categories").isArray())
                .reduce((first, second) -> second)
                .flatMap(value -> new MergeAnswers(groups).read(value.get("categories")));
    }

    private Optional<List<PatternGroup>> read(JsonNode entries) {
        List<PatternGroup> merged = new ArrayList<>();
        for (JsonNode entry : entries) {
            if (!isPlaceholder(entry)) {
                List<PatternGroup> members = members(entry.path("members"));
                if (!members.isEmpty()) {
                    merged.add(named(entry, PatternGroup.of(members)));
                }
            }
        }
        if (merged.isEmpty() && !groups.isEmpty()) {
            return Optional.empty();
        }
        groups.stream().filter(open::containsValue).forEach(merged::add);
        return Optional.of(merged);
    }

    /** The form of the answer, copied from the instructions, says nothing about what is the same. */
    private static boolean isPlaceholder(JsonNode entry) {
        String name = entry.path("name").asText("");
        return !PlainWords.of(name, LONGEST_NAME).isEmpty()
                && PlainWords.name(name, LONGEST_NAME).isEmpty();
    }

    private List<PatternGroup> members(JsonNode ids) {
        List<PatternGroup> members = new ArrayList<>();
        for (JsonNode id : ids) {
            String given = id.asText("").strip().toLowerCase(Locale.ROOT);
            Optional.ofNullable(open.remove(given)).ifPresent(members::add);
        }
        return members;
    }

    /** Where R1 gives no words for a category, those of its largest group stay. */
    private static PatternGroup named(JsonNode entry, PatternGroup group) {
        String name = PlainWords.of(entry.path("name").asText(""), LONGEST_NAME);
        String definition = PlainWords.of(entry.path("definition").asText(""), LONGEST_TEXT);
        if (name.isEmpty() || definition.isEmpty()) {
            return group;
        }
        String notThis = PlainWords.orNull(entry.path("not").asText(null), LONGEST_TEXT);
        String remedy = PlainWords.orNull(entry.path("remedy").asText(null), LONGEST_TEXT);
        return new PatternGroup(group.patterns(), name, definition, notThis, remedy == null ? group.remedy() : remedy);
    }
}
