package io.rationale.core.injection;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds which of many words stand in a text, as parts of longer ones, too: in one pass, whatever the number of words. Every
 * note goes through here before any expression is matched. Thread safe.
 */
final class WordSearch {
    /** A power of two, several times as many as there are words: at most places of a text nothing is compared. */
    private static final int BUCKETS = 1 << 12;

    private static final int NONE = -1;

    private final List<String> words;
    /** By the two characters that words begin with: the first such word. */
    private final int[] firstOf = new int[BUCKETS];
    /** By word: the next one of the same bucket. */
    private final int[] nextOf;

    private final BitSet single = new BitSet();

    /** @param words none of them empty */
    WordSearch(List<String> words) {
        this.words = List.copyOf(words);
        this.nextOf = new int[words.size()];
        Arrays.fill(firstOf, NONE);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.length() == 1) {
                single.set(i);
            } else {
                int bucket = bucket(word, 0);
                nextOf[i] = firstOf[bucket];
                firstOf[bucket] = i;
            }
        }
    }

    /** The positions, in the list of words, of those that stand in the text. */
    BitSet in(String text) {
        BitSet found = new BitSet(words.size());
        for (int at = 0; at < text.length() - 1; at++) {
            for (int i = firstOf[bucket(text, at)]; i != NONE; i = nextOf[i]) {
                if (!found.get(i) && text.startsWith(words.get(i), at)) {
                    found.set(i);
                }
            }
        }
        for (int i = single.nextSetBit(0); i >= 0; i = single.nextSetBit(i + 1)) {
            found.set(i, text.contains(words.get(i)));
        }
        return found;
    }

    private static int bucket(String text, int at) {
        return text.charAt(at) * 31 + text.charAt(at + 1) * 7 & BUCKETS - 1;
    }
}
