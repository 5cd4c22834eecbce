package io.rationale.core.redaction;

import java.util.Locale;

/** Words and phrases of a list, as whole words. */
final class WordFinder implements Finder {
    private final WordIndex words;

    WordFinder(WordIndex words) {
        this.words = words;
    }

    @Override
    public void find(Plain text, Found found) {
        words.find(
                text,
                (start, end) -> found.add(start, end, text.string(start, end).toLowerCase(Locale.ROOT)));
    }
}
