package io.rationale.core.redaction;

/** Questions about characters, as finders ask them. */
final class Letters {
    private Letters() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAsciiLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    static boolean isHex(char c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    /** A letter or digit that belongs to a word with its neighbours: not of a script that is written without spaces. */
    static boolean isWord(char c) {
        if (c < 0x80) {
            return isAsciiLetter(c) || isDigit(c);
        }
        return (Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK) && !isUnspaced(c);
    }

    /**
     * A letter of a script that is written without spaces, or whose words carry endings as Korean ones do; also half of a
     * character beyond the basic plane.
     */
    static boolean isUnspaced(char c) {
        return c >= 0x0E00
                && (c <= 0x0EFF // Thai, Lao
                        || c >= 0x1000 && c <= 0x109F // Myanmar
                        || c >= 0x1100 && c <= 0x11FF // Hangul
                        || c >= 0x1780 && c <= 0x17FF // Khmer
                        || c >= 0x2E80 && c <= 0x2FDF
                        || c >= 0x3005 && c <= 0x3007
                        || c >= 0x3040 && c <= 0x318F // Kana, Hangul
                        || c >= 0x31F0 && c <= 0x31FF
                        || c >= 0x3400 && c <= 0x9FFF // Han
                        || c >= 0xAC00 && c <= 0xD7AF
                        || c >= 0xD800 && c <= 0xDFFF
                        || c >= 0xF900 && c <= 0xFAFF)
                && Character.getType(c) != Character.OTHER_PUNCTUATION;
    }

    /** The same for upper and lower case. */
    static char fold(char c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        return Character.toLowerCase(Character.toUpperCase(c));
    }
}
