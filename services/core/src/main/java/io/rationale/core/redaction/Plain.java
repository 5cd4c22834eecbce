package io.rationale.core.redaction;

import java.util.Arrays;

/**
 * A text without its disguises: invisible characters left out, digits, letters, signs, hyphens and spaces in their ASCII
 * form, escapes and character references decoded. Knows for each character where it stands in the text.
 */
final class Plain {
    private final String text;
    private final char[] chars;
    /** Where each character begins and ends in the text; null where both are the same. */
    private final int[] starts;

    private final int[] ends;

    private Plain(String text, char[] chars, int[] starts, int[] ends) {
        this.text = text;
        this.chars = chars;
        this.starts = starts;
        this.ends = ends;
    }

    /** @param isDisguised whether any character may have to be looked through */
    static Plain of(String text, boolean isDisguised) {
        return isDisguised ? new Builder(text).build() : new Plain(text, text.toCharArray(), null, null);
    }

    char[] chars() {
        return chars;
    }

    int length() {
        return chars.length;
    }

    /** The character, or a line's end outside of the text. */
    char at(int index) {
        return index >= 0 && index < chars.length ? chars[index] : '\n';
    }

    /** The characters as one string; the text itself where it holds no disguise. */
    String string() {
        return starts == null ? text : new String(chars);
    }

    String string(int start, int end) {
        return new String(chars, start, end - start);
    }

    int startInText(int index) {
        return starts == null ? index : starts[index];
    }

    /** @param end after the last character, which stands there */
    int endInText(int end) {
        return ends == null ? end : ends[end - 1];
    }

    private static final class Builder {
        private final String text;
        private char[] chars;
        private int[] starts;
        private int[] ends;
        private int length;

        Builder(String text) {
            this.text = text;
            this.chars = new char[text.length()];
            this.starts = new int[text.length()];
            this.ends = new int[text.length()];
        }

        Plain build() {
            int i = 0;
            while (i < text.length()) {
                i = take(i);
            }
            return new Plain(
                    text, Arrays.copyOf(chars, length), Arrays.copyOf(starts, length), Arrays.copyOf(ends, length));
        }

        /** @return where the next one begins */
        private int take(int i) {
            char c = text.charAt(i);
            if (c < 0x80) {
                return c == '\\' || c == '%' || c == '&' ? escaped(i, c) : add(c, i, i + 1);
            }
            int point = text.codePointAt(i);
            int next = i + Character.charCount(point);
            if (isInvisible(point)) {
                return next;
            }
            int plain = plain(point);
            if (plain != point || next == i + 1) {
                return add((char) plain, i, next);
            }
            add(c, i, i + 1);
            return add(text.charAt(i + 1), i + 1, next);
        }

        private int add(char c, int start, int end) {
            chars[length] = c;
            starts[length] = start;
            ends[length++] = end;
            return end;
        }

        /** A character of ASCII that is written in another way: \\u0040, %40, &#64;, &#x40;. */
        private int escaped(int i, char c) {
            return switch (c) {
                case '\\' -> {
                    int at = i;
                    while (at < text.length() && at < i + 4 && text.charAt(at) == '\\') {
                        at++;
                    }
                    boolean isEscape = at < text.length() && text.charAt(at) == 'u';
                    int code = isEscape ? number(at + 1, at + 5, 16) : -1;
                    yield isAscii(code) ? add((char) code, i, at + 5) : add(c, i, i + 1);
                }
                case '%' -> {
                    int code = number(i + 1, i + 3, 16);
                    yield isAscii(code) ? add((char) code, i, i + 3) : add(c, i, i + 1);
                }
                default -> reference(i);
            };
        }

        private int reference(int i) {
            int end = text.startsWith("&#", i) ? text.indexOf(';', i) : -1;
            if (text.startsWith("&commat;", i)) {
                return add('@', i, i + 8);
            }
            if (text.startsWith("&nbsp;", i)) {
                return add(' ', i, i + 6);
            }
            if (end < 0 || end > i + 8) {
                return add('&', i, i + 1);
            }
            boolean isHex = text.charAt(i + 2) == 'x' || text.charAt(i + 2) == 'X';
            int code = isHex ? number(i + 3, end, 16) : number(i + 2, end, 10);
            return isAscii(code) ? add((char) code, i, end + 1) : add('&', i, i + 1);
        }

        private static boolean isAscii(int code) {
            return code >= 0x20 && code < 0x7F;
        }

        private int number(int from, int to, int radix) {
            if (to > text.length() || from >= to) {
                return -1;
            }
            int number = 0;
            for (int i = from; i < to; i++) {
                char c = text.charAt(i);
                int digit = c < 0x80 ? Character.digit(c, radix) : -1;
                if (digit < 0 || number > 0xFFFF) {
                    return -1;
                }
                number = number * radix + digit;
            }
            return number;
        }
    }

    /** Whether a character beyond ASCII stands for one of ASCII, or for nothing. */
    static boolean isDisguise(char c) {
        if (c >= 0x3040 && c <= 0xD7FF || c >= 0x00C0 && c <= 0x02FF || c >= 0x0370 && c <= 0x058F) {
            return false;
        }
        if (Character.isHighSurrogate(c)) {
            // Mathematical digits and letters, tags.
            return c == 0xD835 || c == 0xDB40;
        }
        return isInvisible(c) || plain(c) != c;
    }

    /** Whether it stands for a sign between words or digits. */
    static boolean isSeparator(char c) {
        int plain = plain(c);
        return plain != c && plain < '0';
    }

    private static boolean isInvisible(int point) {
        return point == 0x00AD
                || point == 0x034F
                || point == 0x061C
                || point == 0x180E
                || point >= 0x200B && point <= 0x200F
                || point >= 0x202A && point <= 0x202E
                || point >= 0x2060 && point <= 0x206F
                || point >= 0xFE00 && point <= 0xFE0F
                || point == 0xFEFF
                || point >= 0xE0000 && point <= 0xE0FFF;
    }

    private static int plain(int point) {
        if (point >= 0xFF01 && point <= 0xFF5E) {
            return point - 0xFEE0;
        }
        return switch (point) {
            case 0x00A0, 0x1680, 0x202F, 0x205F, 0x3000 -> ' ';
            case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2043, 0x2212, 0xFE58, 0xFE63 -> '-';
            case 0x2024, 0xFE52, 0xFF61 -> '.';
            case 0x2044, 0x2215 -> '/';
            case 0xFE6B -> '@';
            case 0xFE55, 0x2236 -> ':';
            case 0xFE62 -> '+';
            case 0x2018, 0x2019, 0x201B -> '\'';
            default -> {
                if (point >= 0x2000 && point <= 0x200A) {
                    yield ' ';
                }
                if (point >= 0x1D400 && point <= 0x1D7FF) {
                    yield mathematical(point);
                }
                int digit = Character.isDigit(point) ? Character.digit(point, 10) : -1;
                yield digit < 0 ? circled(point) : '0' + digit;
            }
        };
    }

    private static int circled(int point) {
        if (point >= 0x2460 && point <= 0x2468) {
            return '1' + point - 0x2460;
        }
        return point >= 0x2080 && point <= 0x2089 ? '0' + point - 0x2080 : point;
    }

    private static int mathematical(int point) {
        if (point >= 0x1D7CE) {
            return '0' + (point - 0x1D7CE) % 10;
        }
        int letter = (point - 0x1D400) % 52;
        return point < 0x1D6A4 ? letter < 26 ? 'A' + letter : 'a' + letter - 26 : point;
    }
}
