package io.rationale.simulator.reasoner;

import io.rationale.simulator.prompt.ListedNote;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares answer, expected answer and contexts of a RAG report by their words. */
final class TraceHints {
    private static final double SLIGHT = 0.3;
    private static final double MODEST = 0.5;
    /** Where no more of the words than this are shared, the passages are about something else. */
    private static final double HARDLY_SHARED = 0.3;

    private final List<TraceHint> hints = new ArrayList<>();

    private TraceHints() {}

    static List<TraceHint> of(ListedNote note) {
        TraceHints seen = new TraceHints();
        if (!note.answer().isBlank() && !note.expected().isBlank()) {
            seen.compare(note.answer(), note.expected());
        }
        if (!note.contexts().isEmpty()) {
            seen.lookIntoContexts(note);
        }
        return seen.hints;
    }

    private void compare(String answer, String expected) {
        if (answer.strip().equalsIgnoreCase(expected.strip())) {
            hints.add(new TraceHint("no-error", MODEST, "The answer in the trace is the expected one."));
        } else if (differ(numbers(answer), numbers(expected))) {
            hints.add(new TraceHint("numerical", SLIGHT, "The numbers of the answer are not the expected ones."));
        }
    }

    private void lookIntoContexts(ListedNote note) {
        Set<String> known =
                note.contexts().stream().flatMap(text -> content(text).stream()).collect(Collectors.toSet());
        Set<String> expected = content(note.expected());
        if (!expected.isEmpty() && share(expected, known) <= HARDLY_SHARED) {
            String remark = "The passages of the trace say next to nothing of what was expected.";
            hints.add(new TraceHint("missed-retrieval", SLIGHT, remark));
            hints.add(new TraceHint("missing-content", SLIGHT * 2 / 3, remark));
        }
        Set<String> answer = content(note.answer());
        if (!answer.isEmpty() && share(answer, known) <= HARDLY_SHARED) {
            hints.add(new TraceHint("fabricat", SLIGHT * 2 / 3, "Most of the answer stands in no passage."));
        }
    }

    private static boolean differ(Set<String> given, Set<String> expected) {
        return !given.isEmpty() && !expected.isEmpty() && !given.equals(expected);
    }

    private static double share(Set<String> words, Set<String> known) {
        Set<String> common = new HashSet<>(words);
        common.retainAll(known);
        return (double) common.size() / words.size();
    }

    private static Set<String> content(String text) {
        return Words.of(text).stream().filter(Word::content).map(Word::stem).collect(Collectors.toSet());
    }

    private static Set<String> numbers(String text) {
        return Words.of(text).stream()
                .map(Word::stem)
                .filter(stem -> Character.isDigit(stem.charAt(0)))
                .collect(Collectors.toSet());
    }
}
