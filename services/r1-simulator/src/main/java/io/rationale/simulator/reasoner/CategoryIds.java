package io.rationale.simulator.reasoner;

import java.util.Locale;
import java.util.regex.Pattern;

/** Recognises ids however they are written: {@code Generation/FABRICATED_CONTENT} is {@code fabricated-content}. */
final class CategoryIds {
    private static final Pattern SEPARATORS = Pattern.compile("[_ ]+");

    private CategoryIds() {}

    static boolean begins(String id, String beginning) {
        return plain(id).startsWith(beginning);
    }

    static boolean is(String id, String expected) {
        return plain(id).equals(expected);
    }

    private static String plain(String id) {
        String lower = SEPARATORS.matcher(id.toLowerCase(Locale.ROOT)).replaceAll("-");
        return lower.substring(lower.lastIndexOf('/') + 1);
    }
}
