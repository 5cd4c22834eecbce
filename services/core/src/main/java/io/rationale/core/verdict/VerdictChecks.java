package io.rationale.core.verdict;

import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The checks that look at the reasoning. */
final class VerdictChecks {
    /** A foreign name or sign in a thought is no mixed language; a clause is. */
    private static final int MIXED_LETTERS = 8;

    /** Up to here all letters are Latin. */
    private static final int LAST_LATIN = 0x24F;

    private VerdictChecks() {}

    /** Whether the passage names the category, by id or by name. */
    static boolean labelNamed(String passage, String category, String name) {
        String folded = " " + AnswerParser.folded(passage) + " ";
        return folded.contains(" " + AnswerParser.folded(category) + " ")
                || folded.contains(" " + AnswerParser.folded(name) + " ");
    }

    /** Whether the passage holds a clause in a script that neither English nor any field of the note uses. */
    static boolean mixedScript(String passage, Note note) {
        if (passage.chars().allMatch(c -> c <= LAST_LATIN)) {
            return false;
        }
        Set<UnicodeScript> known = EnumSet.of(UnicodeScript.LATIN, UnicodeScript.COMMON, UnicodeScript.INHERITED);
        Stream.concat(
                        Stream.of(note.text(), note.question(), note.answer(), note.expected()),
                        note.contexts().stream().map(Context::text))
                .filter(Objects::nonNull)
                .flatMapToInt(String::codePoints)
                .filter(Character::isLetter)
                .forEach(letter -> known.add(UnicodeScript.of(letter)));
        int[] counts = new int[UnicodeScript.values().length];
        passage.codePoints()
                .filter(Character::isLetter)
                .mapToObj(UnicodeScript::of)
                .filter(script -> !known.contains(script))
                .forEach(script -> counts[script.ordinal()]++);
        return Arrays.stream(counts).anyMatch(count -> count >= MIXED_LETTERS);
    }
}
