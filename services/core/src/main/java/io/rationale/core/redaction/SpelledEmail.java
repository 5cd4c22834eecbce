package io.rationale.core.redaction;

import static io.rationale.core.redaction.Letters.isAsciiLetter;

import java.nio.CharBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** E-mail addresses whose sign or points are spelled. Every pattern is bounded. */
final class SpelledEmail {
    private static final Map<String, Set<String>> WORDS = Words.read("domain-words.txt");
    private static final Set<String> NO_DOMAINS = WORDS.get("file");
    private static final Set<String> BEFORE_PLACES = WORDS.get("place");
    private static final Pattern SPACE = Pattern.compile("\\s");

    private static final String NAME = "[\\p{L}\\p{N}_+'-]{1,40}";
    private static final String LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,40}[\\p{L}\\p{N}])?";
    private static final String BRACKETED_DOT =
            "\\s{0,2}[\\[({<]\\s?(?:dot|punkt|point|punto|ponto|\\.)\\s?[\\])}>]\\s{0,2}";
    private static final String SPELLED_DOT = "\\s{1,2}(?:dot|punkt)\\s{1,2}";
    private static final String LOCAL =
            "(?<![\\p{L}\\p{N}_.])" + NAME + "(?:(?:\\.|" + BRACKETED_DOT + "|" + SPELLED_DOT + ")" + NAME + "){0,4}";
    private static final String TOP = "\\p{L}{2,24}(?![\\p{L}\\p{N}])";
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    private static final Pattern BRACKETED = Pattern.compile(
            LOCAL + "\\s{0,2}[\\[({<]\\s?(?:at|ät|arroba|@)\\s?[\\])}>]\\s{0,2}" + LABEL + "(?:(?:\\.|" + BRACKETED_DOT
                    + "|" + SPELLED_DOT + ")" + LABEL + "){0,3}(?:\\.|" + BRACKETED_DOT + "|" + SPELLED_DOT + ")"
                    + TOP,
            FLAGS);

    private static final Pattern SPELLED = Pattern.compile(
            LOCAL + "\\s{1,2}at\\s{1,2}" + LABEL + "(?:(?:" + BRACKETED_DOT + "|" + SPELLED_DOT + ")" + LABEL
                    + "){0,3}(?:" + BRACKETED_DOT + "|" + SPELLED_DOT + ")" + TOP,
            FLAGS);

    private static final Pattern SIGN_AND_DOT = Pattern.compile(
            LOCAL + "\\s{0,2}@\\s{0,2}" + LABEL + "(?:(?:" + BRACKETED_DOT + "|" + SPELLED_DOT + ")" + LABEL
                    + "){0,3}(?:" + BRACKETED_DOT + "|" + SPELLED_DOT + ")" + TOP,
            FLAGS);

    private static final Pattern SAID_AT =
            Pattern.compile("\\s?[\\[({<]\\s?(?:at|ät|arroba|@)\\s?[\\])}>]\\s?|\\s+at\\s+|\\s", FLAGS);
    private static final Pattern SAID_DOT = Pattern.compile(
            "\\s?[\\[({<]\\s?(?:dot|punkt|point|punto|ponto|\\.)\\s?[\\])}>]\\s?|\\s+(?:dot|punkt)\\s+", FLAGS);

    private SpelledEmail() {}

    /** Tells of every such address. */
    static void find(Plain text, Finder.Found found) {
        char[] c = text.chars();
        CharBuffer all = CharBuffer.wrap(c);
        if (hasBracketed(text)) {
            find(BRACKETED, all, found);
        }
        if (hasWord(c, 'd', 'o', 't') || hasWord(c, 'n', 'k', 't')) {
            find(SPELLED, all, found);
            find(SIGN_AND_DOT, all, found);
        }
    }

    private static boolean hasWord(char[] c, char first, char second, char third) {
        for (int i = 2; i < c.length; i++) {
            if ((c[i] | 32) == third && (c[i - 1] | 32) == second && (c[i - 2] | 32) == first) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasBracketed(Plain text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.at(i);
            if (c == '[' || c == '(' || c == '{' || c == '<') {
                char next = text.at(i + 1) == ' ' ? text.at(i + 2) : text.at(i + 1);
                if (next == '@' || (next | 32) == 'a' || (next | 32) == 'ä') {
                    return true;
                }
            }
        }
        return false;
    }

    private static void find(Pattern pattern, CharSequence text, Finder.Found found) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            String address = SAID_DOT.matcher(matcher.group()).replaceAll(".");
            String top = address.substring(address.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            boolean isSaid = pattern == SPELLED;
            if (!NO_DOMAINS.contains(top) && !(isSaid && (!isAsciiLetter(top.charAt(0)) || isPlace(address)))) {
                found.add(
                        matcher.start(),
                        matcher.end(),
                        SAID_AT.matcher(address)
                                .replaceAll("@")
                                .replaceAll("@+", "@")
                                .toLowerCase(Locale.ROOT));
            }
        }
    }

    /** 'The answer is at example dot com': a place, not a person. */
    private static boolean isPlace(String address) {
        return BEFORE_PLACES.contains(SPACE.split(address, 2)[0].toLowerCase(Locale.ROOT));
    }
}
