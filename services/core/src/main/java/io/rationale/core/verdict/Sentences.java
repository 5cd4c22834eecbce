package io.rationale.core.verdict;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a text into its sentences, whatever the script. A line ends a sentence, too: thoughts are full of lists. Terminators
 * that {@link BreakIterator} does not know of (Unicode's Sentence_Terminal of scripts in use) end one as well.
 */
final class Sentences {
    private static final String MORE_TERMINATORS = "。！？｡।॥؟۔።፧՞։။៕༎᠃᱾";

    private Sentences() {}

    /** A sentence without the white space around it; offsets in UTF-16. */
    record Sentence(int start, int end) {}

    static List<Sentence> of(String text) {
        List<Sentence> sentences = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int newline = text.indexOf('\n', from);
            int to = newline < 0 ? text.length() : newline;
            addOfLine(text, from, to, sentences);
            from = to + 1;
        }
        return sentences;
    }

    private static void addOfLine(String text, int from, int to, List<Sentence> sentences) {
        String line = text.substring(from, to);
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(line);
        int start = 0;
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            addParts(text, from + start, from + end, sentences);
            start = end;
        }
    }

    private static void addParts(String text, int from, int to, List<Sentence> sentences) {
        int start = from;
        for (int at = from; at < to; at++) {
            boolean ends = MORE_TERMINATORS.indexOf(text.charAt(at)) >= 0
                    && (at + 1 == to || MORE_TERMINATORS.indexOf(text.charAt(at + 1)) < 0);
            if (ends) {
                add(text, start, at + 1, sentences);
                start = at + 1;
            }
        }
        add(text, start, to, sentences);
    }

    private static void add(String text, int from, int to, List<Sentence> sentences) {
        int start = from;
        int end = to;
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            sentences.add(new Sentence(start, end));
        }
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
