package io.rationale.simulator.cluster;

/** Tokens are estimated: about four characters each, for prompts and answers alike. */
public final class Tokens {
    public static final int CHARS_PER_TOKEN = 4;

    private Tokens() {}

    public static int in(String text) {
        return (text.length() + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN;
    }

    /** The beginning of the text that so many tokens can carry; never ends within a surrogate pair. */
    public static String first(int tokens, String text) {
        return text.substring(0, boundary(text, (long) tokens * CHARS_PER_TOKEN));
    }

    /** The end of the text that so many tokens can carry; never begins within a surrogate pair. */
    public static String last(int tokens, String text) {
        return text.substring(boundary(text, text.length() - (long) tokens * CHARS_PER_TOKEN));
    }

    /** The nearest position at or before {@code position} that does not split a surrogate pair. */
    public static int boundary(String text, long position) {
        if (position >= text.length()) {
            return text.length();
        }
        int at = (int) position;
        boolean within =
                at > 0 && Character.isLowSurrogate(text.charAt(at)) && Character.isHighSurrogate(text.charAt(at - 1));
        return within ? at - 1 : at;
    }
}
