package io.rationale.core.injection;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a text says to a model that looks through a disguise: invisible, look-alike, spaced, escaped or encoded letters. */
final class Disguise {
    private static final Pattern ENTITY = Pattern.compile("&(?:lt|gt|quot|amp|#(\\d{1,7})|#x([0-9a-fA-F]{1,6}));?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\{1,4}u([0-9a-fA-F]{4})");
    private static final Pattern PERCENT = Pattern.compile("%([2-7][0-9a-fA-F])");
    private static final int SHORTEST_CODE = 20;
    private static final Pattern BASE64 =
            Pattern.compile("(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{" + SHORTEST_CODE + ",}={0,2}");
    private static final Pattern HYPHEN = Pattern.compile("[\\p{Pd}\\u2212\\u00ad]");
    private static final Pattern QUOTE = Pattern.compile("[\\u2018-\\u201f\\u00ab\\u00bb\\u2039\\u203a]");
    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
    private static final int TAGS = 0xE0000;

    /** Cyrillic, Greek, Armenian and other letters that look like those at the same place of the next line. */
    private static final String LOOK_ALIKE = "асеорхуіјѕԁһӏԛԝɡɩαεικνορτυχωηցոսհեզյօɑʏƖ";

    private static final String LATIN = "aceopxyijsdhlqwgiaeikvoptuxwnqnuhtqjoayl";
    private static final String DIGITS = "0134578@$!";
    private static final String LETTERS = "oieastbasi";

    private Disguise() {}

    /** In lower case on one line, with what is invisible taken out or made visible. */
    static String plain(String text) {
        String decoded = decoded(Words.isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC));
        String oneForm = decoded;
        if (!Words.isAscii(decoded)) {
            oneForm = QUOTE.matcher(HYPHEN.matcher(visible(decoded)).replaceAll("-"))
                    .replaceAll("'");
        }
        return onOneLine(oneForm).toLowerCase(Locale.ROOT);
    }

    private static String onOneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean wasSpace = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isSpace = c == ' ' || c >= '\t' && c <= '\r' || c > 0x7F && Character.isSpaceChar(c);
            if (!isSpace) {
                line.append(c);
            } else if (!wasSpace) {
                line.append(' ');
            }
            wasSpace = isSpace;
        }
        return line.toString();
    }

    /** The plain text with Latin letters in place of those that look like them, without accents. */
    static String latin(String plain) {
        if (Words.isAscii(plain)) {
            return plain;
        }
        String bare =
                MARKS.matcher(Normalizer.normalize(plain, Normalizer.Form.NFD)).replaceAll("");
        return mapped(bare, LOOK_ALIKE, LATIN);
    }

    /** Only the letters of the text, and the same with digits read as letters where there are any. */
    static List<String> letters(String latin) {
        String straight = onlyLetters(latin);
        String read = onlyLetters(mapped(latin, DIGITS, LETTERS));
        return read.length() == straight.length() ? List.of(straight) : List.of(straight, read);
    }

    /** The letters turned by 13, the way back as well. */
    static String turned(String letters) {
        StringBuilder turned = new StringBuilder(letters.length());
        letters.chars().forEach(c -> turned.append((char) ('a' + (c - 'a' + 13) % 26)));
        return turned.toString();
    }

    /** The letters back to front. */
    static String reversed(String letters) {
        return new StringBuilder(letters).reverse().toString();
    }

    /** Texts that stand in it as base 64. */
    static List<String> encoded(String text) {
        if (!hasLongWord(text)) {
            return List.of();
        }
        List<String> decoded = new ArrayList<>();
        Matcher matcher = BASE64.matcher(text);
        while (matcher.find() && decoded.size() < 20) {
            String code = matcher.group().replace('-', '+').replace('_', '/').replace("=", "");
            try {
                byte[] bytes =
                        Base64.getDecoder().decode(code.substring(0, code.length() - (code.length() % 4 == 1 ? 1 : 0)));
                decoded.add(new String(bytes, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                // A long word, not base 64.
            }
        }
        return decoded;
    }

    private static boolean hasLongWord(String text) {
        int length = 0;
        for (int i = 0; i < text.length() && length < SHORTEST_CODE; i++) {
            char c = text.charAt(i);
            boolean isCode =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '/' && c <= '9' || "+_-".indexOf(c) >= 0;
            length = isCode ? length + 1 : 0;
        }
        return length == SHORTEST_CODE;
    }

    /** Whether the character carries or turns round words without being seen. */
    static boolean isHidden(int c) {
        return c >= TAGS && c <= 0xE0FFF || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 || isInvisible(c);
    }

    /** Zero-width characters with which words can be split; those that scripts and emoji need are not among them. */
    private static boolean isInvisible(int c) {
        return c == 0x200B
                || c >= 0x2060 && c <= 0x2064
                || c == 0xFEFF
                || c == 0x180E
                || c == 0x034F
                || c >= 0xFFF9 && c <= 0xFFFB;
    }

    private static String decoded(String text) {
        if (text.indexOf('\\') < 0 && text.indexOf('%') < 0 && text.indexOf('&') < 0) {
            return text;
        }
        String unescaped = ESCAPE.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))));
        String unquoted = PERCENT.matcher(unescaped)
                .replaceAll(m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))));
        return ENTITY.matcher(unquoted)
                .replaceAll(m -> Matcher.quoteReplacement(entity(m.group(), m.group(1), m.group(2))));
    }

    private static String entity(String whole, String decimal, String hex) {
        if (decimal == null && hex == null) {
            return switch (whole.charAt(1)) {
                case 'l' -> "<";
                case 'g' -> ">";
                case 'q' -> "\"";
                default -> "&";
            };
        }
        int code = decimal == null ? Integer.parseInt(hex, 16) : Integer.parseInt(decimal);
        return Character.isValidCodePoint(code) ? Character.toString(code) : " ";
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c > TAGS && c <= TAGS + 0x7E) {
                visible.append((char) (c - TAGS));
            } else if (Character.getType(c) != Character.FORMAT && c != 0x034F && c != 0x00AD) {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    private static String mapped(String text, String from, String to) {
        StringBuilder mapped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int at = text.charAt(i) < 0x80 && from.charAt(0) > 0x7F ? -1 : from.indexOf(text.charAt(i));
            mapped.append(at < 0 ? text.charAt(i) : to.charAt(at));
        }
        return mapped.toString();
    }

    private static String onlyLetters(String text) {
        StringBuilder letters = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z') {
                letters.append(c);
            }
        }
        return letters.toString();
    }
}
