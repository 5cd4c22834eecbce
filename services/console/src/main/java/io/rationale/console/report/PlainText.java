package io.rationale.console.report;

/** Makes untrusted text harmless where control characters act: terminals and lines of text. */
final class PlainText {
    private static final int REPLACEMENT = 0xFFFD;

    private PlainText() {}

    /**
     * One line: every kind of line break and tab becomes a space; other control characters (escape sequences among
     * them) and the marks that turn the direction of writing become U+FFFD.
     */
    static String line(String untrusted) {
        StringBuilder safe = new StringBuilder(untrusted.length());
        untrusted.codePoints().map(PlainText::harmless).forEach(safe::appendCodePoint);
        return safe.toString().strip();
    }

    private static int harmless(int c) {
        if (c == '\n' || c == '\r' || c == '\t' || c == 0x0B || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029) {
            return ' ';
        }
        return Character.isISOControl(c) || turnsDirection(c) || isLoneSurrogate(c) ? REPLACEMENT : c;
    }

    private static boolean isLoneSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    /** Embeddings, overrides and isolates (Unicode Standard Annex 9). */
    private static boolean turnsDirection(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }
}
