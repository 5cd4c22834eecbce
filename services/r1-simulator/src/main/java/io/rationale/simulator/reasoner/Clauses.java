package io.rationale.simulator.reasoner;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into clauses: at sentence ends and line breaks, and longer ones at a comma or between words. Each clause
 * is an exact substring, without white space at its ends, on one line, and so short that it can be quoted. Linear in
 * the length of the text.
 */
final class Clauses {
    static final int LONGEST = 160;
    private static final int SHORTEST_CUT = 60;

    private final String text;
    private final List<String> clauses = new ArrayList<>();

    private Clauses(String text) {
        this.text = text;
    }

    /** The clauses in order; without one letter or digit in the whole text, at most its first clause. */
    static List<String> of(String text) {
        Clauses cutter = new Clauses(text);
        cutter.cut();
        List<String> speaking =
                cutter.clauses.stream().filter(Clauses::hasLetter).toList();
        return speaking.isEmpty() ? cutter.clauses.stream().limit(1).toList() : speaking;
    }

    private void cut() {
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isLineBreak(text.charAt(i))) {
                add(start, i);
                start = i + 1;
            } else if (endsSentence(i)) {
                add(start, i + 1);
                start = i + 1;
            }
        }
        add(start, text.length());
    }

    private void add(int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        if (end - start > LONGEST) {
            int cut = cutBefore(start, start + LONGEST);
            clauses.add(text.substring(start, cut).stripTrailing());
            addRest(cut, end);
        } else if (end > start) {
            clauses.add(text.substring(start, end));
        }
    }

    /** A loop in place of the recursion that a long line without any sentence end would need. */
    private void addRest(int from, int end) {
        int start = from;
        while (end - start > LONGEST) {
            int cut = cutBefore(start, start + LONGEST);
            String piece = text.substring(start, cut).strip();
            if (!piece.isEmpty()) {
                clauses.add(piece);
            }
            start = cut;
        }
        add(start, end);
    }

    private int cutBefore(int start, int limit) {
        int space = -1;
        for (int i = limit; i > start + SHORTEST_CUT; i--) {
            if (isSpace(text.charAt(i))) {
                if (",;:".indexOf(text.charAt(i - 1)) >= 0) {
                    return i;
                }
                space = Math.max(space, i);
            }
        }
        if (space > 0) {
            return space;
        }
        return Character.isLowSurrogate(text.charAt(limit)) ? limit - 1 : limit;
    }

    private boolean endsSentence(int i) {
        char c = text.charAt(i);
        if ("\u3002\uff01\uff1f\u061f\u0964".indexOf(c) >= 0) {
            return true;
        }
        boolean boundary = i + 1 < text.length() && isSpace(text.charAt(i + 1));
        return boundary && (c == '!' || c == '?' || c == '\u2026' || c == ';' || c == '.' && !isAbbreviation(i));
    }

    /** "z. B.", "e.g. this", "no. 3": one letter, or up to three followed by a digit. */
    private boolean isAbbreviation(int dot) {
        int letters = 0;
        while (letters < 4 && dot - letters > 0 && Character.isLetter(text.charAt(dot - letters - 1))) {
            letters++;
        }
        boolean digitFollows = dot + 2 < text.length() && Character.isDigit(text.charAt(dot + 2));
        return letters == 1 || letters > 1 && letters < 4 && digitFollows;
    }

    private static boolean hasLetter(String clause) {
        return clause.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    private static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r' || c == '\u000b' || c == '\f' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
