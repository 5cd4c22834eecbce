package io.rationale.simulator.reasoner;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cuts a text into words; runs in time linear in its length. Ideographs are words of their own. */
final class Words {
    private static final int LONGEST = 48;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Set<String> STOP_WORDS =
            Resources.lines("stop-words.txt").collect(Collectors.toUnmodifiableSet());
    /** Written with or without the apostrophe; each becomes the verb and a "not". */
    private static final Map<String, String> NEGATED = Stream.of(
                    "do", "does", "did", "is", "are", "was", "were", "could", "should", "would", "has", "have", "had",
                    "must", "need")
            .collect(Collectors.toUnmodifiableMap(verb -> verb + "nt", verb -> verb));

    private static final Map<String, String> NEGATED_OTHERWISE = Map.of("cant", "can", "cannot", "can", "wont", "will");

    private final String text;
    private final List<Word> words = new ArrayList<>();

    private Words(String text) {
        this.text = text;
    }

    static List<Word> of(String text) {
        return new Words(text).read();
    }

    private List<Word> read() {
        int i = 0;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            int end = i + Character.charCount(codePoint);
            if (standsAlone(codePoint)) {
                add(i, end);
            } else if (Character.isLetterOrDigit(codePoint)) {
                end = endOfWord(end);
                add(i, end);
            }
            i = end;
        }
        return words;
    }

    private int endOfWord(int from) {
        int i = from;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            if (!continuesWord(codePoint, i)) {
                break;
            }
            i += Character.charCount(codePoint);
        }
        return i;
    }

    private boolean continuesWord(int codePoint, int at) {
        if (isApostrophe(codePoint)) {
            return at + 1 < text.length() && Character.isLetter(text.codePointAt(at + 1));
        }
        return (Character.isLetterOrDigit(codePoint) || isMark(codePoint)) && !standsAlone(codePoint);
    }

    private void add(int start, int end) {
        String folded = fold(text.substring(start, Math.min(end, start + LONGEST)));
        String verb = NEGATED.getOrDefault(folded, NEGATED_OTHERWISE.get(folded));
        if (verb == null) {
            words.add(new Word(Stemmer.stem(folded), isContent(folded), start, end));
        } else {
            words.add(new Word(verb, false, start, end));
            words.add(new Word("not", true, start, end));
        }
    }

    /** A single Latin letter or a small number tells nothing, an ideograph does. */
    private static boolean isContent(String folded) {
        boolean smallNumber = folded.length() < 3 && Character.isDigit(folded.charAt(0));
        boolean letter = folded.length() == 1 && folded.charAt(0) < 0x2000;
        return !smallNumber && !letter && !STOP_WORDS.contains(folded);
    }

    private static String fold(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.chars().allMatch(c -> c < 128 && c != '\'')) {
            return lower;
        }
        String plain =
                MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFD)).replaceAll("");
        return plain.replace("'", "").replace("\u2019", "").replace("\u00df", "ss");
    }

    private static boolean standsAlone(int codePoint) {
        if (codePoint < 0x3000) {
            return false;
        }
        Character.UnicodeScript script = Character.UnicodeScript.of(codePoint);
        return Character.isIdeographic(codePoint)
                || script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA;
    }

    private static boolean isApostrophe(int codePoint) {
        return codePoint == '\'' || codePoint == '\u2019';
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
