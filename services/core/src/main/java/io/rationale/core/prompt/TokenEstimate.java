package io.rationale.core.prompt;

/** A guess at how many tokens a text takes, good enough for cutting batches: servers count, we do not. */
public final class TokenEstimate {
    /** Latin text takes about four characters a token, other scripts nearer one to two. */
    private static final double LATIN_CHARACTERS_PER_TOKEN = 4;

    private static final double OTHER_CHARACTERS_PER_TOKEN = 1.5;
    private static final int LAST_LATIN = 0x24F;

    private TokenEstimate() {}

    /** Estimated tokens of the text; 0 for null. */
    public static int of(String text) {
        if (text == null) {
            return 0;
        }
        int latin = 0;
        for (int i = 0; i < text.length(); i++) {
            latin += text.charAt(i) <= LAST_LATIN ? 1 : 0;
        }
        double tokens = latin / LATIN_CHARACTERS_PER_TOKEN + (text.length() - latin) / OTHER_CHARACTERS_PER_TOKEN;
        return (int) Math.ceil(tokens);
    }
}
