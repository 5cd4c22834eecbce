package io.rationale.core.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Patterns that are the same.
 *
 * @param patterns   at least one
 * @param name       of the group
 * @param definition of the group
 * @param notThis    or null
 * @param remedy     or null
 */
record PatternGroup(List<Pattern> patterns, String name, String definition, String notThis, String remedy) {
    PatternGroup {
        patterns = List.copyOf(patterns);
    }

    static PatternGroup of(Pattern pattern) {
        return new PatternGroup(
                List.of(pattern), pattern.name(), pattern.definition(), pattern.notThis(), pattern.remedy());
    }

    /** All patterns of these groups under the words of the one with most members. */
    static PatternGroup of(List<PatternGroup> groups) {
        List<Pattern> patterns =
                groups.stream().flatMap(group -> group.patterns().stream()).toList();
        PatternGroup words = groups.stream()
                .max(Comparator.comparingInt(
                                (PatternGroup group) -> group.members().size())
                        .thenComparing(PatternGroup::name))
                .orElseThrow();
        return new PatternGroup(patterns, words.name(), words.definition(), words.notThis(), words.remedy());
    }

    /** Notes that any of the patterns has. */
    Set<String> members() {
        Set<String> members = new LinkedHashSet<>();
        patterns.forEach(pattern -> members.addAll(pattern.members()));
        return members;
    }

    /** Notes that the patterns of one run have. */
    Set<String> members(int run) {
        Set<String> members = new LinkedHashSet<>();
        patterns.stream().filter(pattern -> pattern.run() == run).forEach(pattern -> members.addAll(pattern.members()));
        return members;
    }

    /** In how many runs it was found. */
    int runs() {
        return (int) patterns.stream().mapToInt(Pattern::run).distinct().count();
    }

    /** The patterns' examples, one of each pattern first, then the second ones; no quote twice. */
    List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        int most = patterns.stream()
                .mapToInt(pattern -> pattern.examples().size())
                .max()
                .orElse(0);
        IntStream.range(0, most).forEach(i -> patterns.stream()
                .filter(pattern -> i < pattern.examples().size())
                .map(pattern -> pattern.examples().get(i))
                .filter(example -> !examples.contains(example))
                .forEach(examples::add));
        return examples;
    }
}
