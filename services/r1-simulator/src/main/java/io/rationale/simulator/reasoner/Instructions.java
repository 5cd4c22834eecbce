package io.rationale.simulator.reasoner;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises passages of a note that address whoever judges it ("ignore the categories"). They are data like the rest,
 * but no evidence: what they ask for must not count as something the note says.
 */
final class Instructions {
    private static final int NONE = -1;
    /** Imperatives only: "it ignored the instructions" is a complaint. All quantifiers are bounded. */
    private static final Pattern ADDRESSED = Pattern.compile(
            "\\b(?:ignore|disregard|forget|ignoriere?|vergiss)\\s+"
                    + "(?:all|any|the|these|those|your|previous|prior|alle|die|diese|deine)\\b.{0,40}?"
                    + "(?:instruction|categor|rule|prompt|anweisung|kategorie|regel)"
                    + "|\\byou are now an?\\b|\\bdu bist jetzt\\b|\\bsystem prompt\\b"
                    + "|\\b(?:answer|respond|reply|classify|label|antworte)\\s+(?:only\\s+|all\\s+|everything\\s+)?"
                    + "(?:with|as|mit)?\\s*[\"'`]?(?:no-error|other)\\b"
                    + "|\"(?:verdicts|category)\"\\s*:",
            Pattern.CASE_INSENSITIVE);

    private Instructions() {}

    /** What is left of the clauses when everything from an instruction to the end of its clause is taken away. */
    static List<String> without(List<String> clauses) {
        return clauses.stream()
                .map(Instructions::head)
                .filter(head -> !head.isEmpty())
                .toList();
    }

    static boolean in(List<String> clauses) {
        return clauses.stream().anyMatch(clause -> start(clause) != NONE);
    }

    private static String head(String clause) {
        int start = start(clause);
        return start == NONE ? clause : clause.substring(0, start).stripTrailing();
    }

    private static int start(String clause) {
        Matcher matcher = ADDRESSED.matcher(clause);
        return matcher.find() ? matcher.start() : NONE;
    }
}
