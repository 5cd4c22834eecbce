package io.rationale.simulator.reasoner;

import java.util.regex.Pattern;

/** Keeps a note's text from breaking what it is quoted in. */
final class SafeText {
    private static final Pattern THINK_TAG = Pattern.compile("<(/?think)>", Pattern.CASE_INSENSITIVE);
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private SafeText() {}

    /** For the thought: no tag that would end it, and nothing that UTF-8 cannot carry. */
    static String inThought(String thought) {
        String untagged = THINK_TAG.matcher(thought).replaceAll("[$1]");
        return LONE_SURROGATE.matcher(untagged).replaceAll("\ufffd");
    }

    /** For JSON: the same characters for whoever parses it, but no tag and no lone surrogate in the raw text. */
    static String inJson(String json) {
        String untagged = json.replace("<", "\\u003c");
        return LONE_SURROGATE
                .matcher(untagged)
                .replaceAll(
                        half -> String.format("\\\\u%04x", (int) half.group().charAt(0)));
    }
}
