package io.rationale.simulator.reasoner;

import java.util.List;

/**
 * A light stemmer for English and German at once, because a note does not say its language. It only has to map the
 * forms of a word to one stem; that a few strangers share a stem does little harm.
 */
final class Stemmer {
    private static final int SHORTEST = 4;
    /** Longer endings before those that they end in. */
    private static final List<String> ENDINGS =
            List.of("ingly", "ern", "ing", "es", "ed", "en", "em", "er", "ly", "s", "e");

    private Stemmer() {}

    /** The stem of a word that is already lower-cased and folded. */
    static String stem(String word) {
        String stem =
                word.endsWith("ies") && word.length() > SHORTEST ? word.substring(0, word.length() - 3) + "y" : word;
        for (String shorter = shorten(stem); !shorter.equals(stem); shorter = shorten(stem)) {
            stem = shorter;
        }
        return undouble(stem);
    }

    private static String shorten(String word) {
        for (String ending : ENDINGS) {
            if (word.length() - ending.length() >= SHORTEST && word.endsWith(ending) && !word.endsWith("ss")) {
                return word.substring(0, word.length() - ending.length());
            }
        }
        return word;
    }

    private static String undouble(String word) {
        int last = word.length() - 1;
        boolean doubled =
                last > 1 && word.charAt(last) == word.charAt(last - 1) && Character.isLowerCase(word.charAt(last));
        return doubled ? word.substring(0, last) : word;
    }
}
