package io.rationale.core.discovery;

import io.rationale.core.prompt.PromptJson;
import java.util.regex.Pattern;

/** Words that a model wrote, on one line and with a bound. */
final class PlainWords {
    /**
     * Control characters, line ends of all kinds, invisible direction marks, halves of surrogate pairs, and what is never a
     * character and no YAML may hold.
     */
    private static final Pattern NO_WORDS =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Z}\\u202A-\\u202E\\u2066-\\u2069\\p{Cs}\\uFFFE\\uFFFF]+");

    private PlainWords() {}

    /** Empty for null. */
    static String of(String text, int max) {
        if (text == null) {
            return "";
        }
        String line = NO_WORDS.matcher(text).replaceAll(" ").strip();
        return PromptJson.beginning(line, max).strip();
    }

    /** The name of a pattern; empty also for a placeholder that was copied from the instructions. */
    static String name(String text, int max) {
        String name = of(text, max);
        return name.startsWith("<") && name.endsWith(">") ? "" : name;
    }

    /** Null where nothing is left. */
    static String orNull(String text, int max) {
        String plain = of(text, max);
        return plain.isEmpty() ? null : plain;
    }
}
