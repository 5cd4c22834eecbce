package io.rationale.core.injection;

import java.util.List;

/** Looking for words before expressions are matched: plain loops, for every note goes through here. */
final class Words {
    private Words() {}

    /** Whether the text holds one of the words, as a part of a longer one, too. */
    static boolean isOneIn(String text, List<String> words) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Most notes are: much of what is looked for cannot be in them. */
    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }
}
