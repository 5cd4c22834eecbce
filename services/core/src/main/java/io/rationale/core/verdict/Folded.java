package io.rationale.core.verdict;

import java.util.Arrays;

/**
 * A text in which runs of white space are one space, letters are lower case, and the forms of quotation marks, dashes
 * and ellipses are one each, with the way back to the original's offsets.
 */
final class Folded {
    private final String text;
    /** For each character here the UTF-16 offset of the character that it came from. */
    private final int[] starts;

    private final int[] ends;

    private Folded(String text, int[] starts, int[] ends) {
        this.text = text;
        this.starts = starts;
        this.ends = ends;
    }

    static Folded of(String original) {
        StringBuilder text = new StringBuilder(original.length());
        int[] starts = new int[original.length() * 3 + 1];
        int[] ends = new int[starts.length];
        int at = 0;
        while (at < original.length()) {
            int codePoint = original.codePointAt(at);
            int end = at + Character.charCount(codePoint);
            String form = form(codePoint);
            boolean foldsIntoSpace = form.equals(" ") && !text.isEmpty() && text.charAt(text.length() - 1) == ' ';
            if (foldsIntoSpace) {
                ends[text.length() - 1] = end;
            } else {
                for (int i = 0; i < form.length(); i++) {
                    starts[text.length() + i] = at;
                    ends[text.length() + i] = end;
                }
                text.append(form);
            }
            at = end;
        }
        return new Folded(text.toString(), Arrays.copyOf(starts, text.length()), Arrays.copyOf(ends, text.length()));
    }

    String text() {
        return text;
    }

    /** Without what models put around quotes: spaces, quotation marks, dots that stand for left-out words. */
    String trimmed() {
        int from = 0;
        int to = text.length();
        while (from < to && isAround(text.charAt(from))) {
            from++;
        }
        while (to > from && isAround(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    int originalStart(int at) {
        return starts[at];
    }

    int originalEnd(int at) {
        return ends[at];
    }

    private static boolean isAround(char c) {
        return c == ' ' || c == '"' || c == '\'' || c == '.';
    }

    private static String form(int codePoint) {
        if (Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint)) {
            return " ";
        }
        return switch (codePoint) {
            case '"', '“', '”', '„', '«', '»', '″' -> "\"";
            case '\'', '’', '‘', '‚', '‹', '›', '`', '´' -> "'";
            case '‐', '‑', '‒', '–', '—', '−' -> "-";
            case '…' -> "...";
            default -> Character.toString(Character.toLowerCase(codePoint));
        };
    }
}
