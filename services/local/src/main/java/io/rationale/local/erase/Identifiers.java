package io.rationale.local.erase;

import io.rationale.core.audit.AuditEvent;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a person is called in texts: names, addresses, numbers. They are found whatever their case, the kind and number of
 * the spaces between their words, and the form in which Unicode writes them; also as a part of a longer word, because a
 * language may add to a name.
 */
final class Identifiers {
    /** Shorter ones would stand in almost every note. */
    static final int LEAST = 3;

    private static final char LEAST_BEYOND_ASCII = 0x80;
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|([nrtbf])|([\"/\\\\]))");
    /** Texts within texts: a request is a string of JSON that holds notes as JSON. */
    private static final int ESCAPED_MOST = 3;

    private final List<String> normal;
    private final List<Pattern> patterns;
    /** The longest word of each. */
    private final List<String> words;

    /** @throws IllegalArgumentException for one that is too short */
    Identifiers(List<String> given) {
        normal = given.stream().map(Identifiers::normal).distinct().toList();
        normal.stream().filter(each -> each.length() < LEAST).findFirst().ifPresent(each -> {
            throw new IllegalArgumentException("An identifier of a person has " + LEAST
                    + " characters at least: a shorter one stands in too many notes.");
        });
        patterns = normal.stream().map(Identifiers::pattern).toList();
        words = normal.stream()
                .map(each -> Arrays.stream(each.split(" "))
                        .max(Comparator.comparingInt(String::length))
                        .orElseThrow())
                .toList();
    }

    private static Pattern pattern(String each) {
        String words = Arrays.stream(each.split(" ")).map(Pattern::quote).collect(Collectors.joining("[\\s\\p{Z}]+"));
        return Pattern.compile(words, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** As they are compared. */
    List<String> all() {
        return normal;
    }

    boolean isEmpty() {
        return normal.isEmpty();
    }

    /** One form of all that look alike. */
    static String normal(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
        String visible = INVISIBLE.matcher(composed).replaceAll("");
        return SPACES.matcher(visible).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    /** Whether any of them stands in the text. */
    boolean standIn(String text) {
        if (normal.isEmpty() || text == null || text.isEmpty()) {
            return false;
        }
        String normalText = normal(text);
        return normal.stream().anyMatch(normalText::contains);
    }

    /** The same for bytes of whatever form: text, JSON, JSON within JSON. */
    boolean standIn(byte[] bytes) {
        if (normal.isEmpty() || bytes == null || bytes.length == 0) {
            return false;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!mayStandIn(text)) {
            return false;
        }
        for (int depth = 0; depth < ESCAPED_MOST; depth++) {
            if (standIn(text)) {
                return true;
            }
            String unescaped = unescaped(text);
            if (unescaped.equals(text)) {
                return false;
            }
            text = unescaped;
        }
        return standIn(text);
    }

    /** Cheap, and false for almost every record: without signs that could be something else, one word must be there. */
    private boolean mayStandIn(String text) {
        boolean isAscii = true;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each >= LEAST_BEYOND_ASCII) {
                isAscii = false;
                if (Character.isSurrogate(each) || Character.getType(each) == Character.FORMAT) {
                    return true;
                }
            } else if (each == '\\' && text.startsWith("u", i + 1) && !isMarkup(text, i + 2)) {
                return true;
            }
        }
        if (!isAscii && !Normalizer.isNormalized(text, Normalizer.Form.NFKC)) {
            return true;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(lower::contains);
    }

    /** Angle brackets and the like, which prompts escape. */
    private static boolean isMarkup(String text, int at) {
        return text.startsWith("003c", at)
                || text.startsWith("003e", at)
                || text.startsWith("003C", at)
                || text.startsWith("003E", at)
                || text.startsWith("0026", at);
    }

    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        return ESCAPE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(meaning(found)));
    }

    private static String meaning(java.util.regex.MatchResult found) {
        if (found.group(1) != null) {
            return String.valueOf((char) Integer.parseInt(found.group(1), 16));
        }
        // All of these are white space, or nothing that a name has.
        return found.group(2) != null ? " " : found.group(3);
    }

    /** The text without them; all of it goes where they cannot be told apart from the rest. */
    String removedFrom(String text) {
        String left = text;
        for (Pattern each : patterns) {
            left = each.matcher(left).replaceAll(Matcher.quoteReplacement(AuditEvent.Erased.TEXT));
        }
        return standIn(left) ? AuditEvent.Erased.TEXT : left;
    }
}
