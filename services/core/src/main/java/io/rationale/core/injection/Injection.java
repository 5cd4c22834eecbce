package io.rationale.core.injection;

/**
 * What a note holds that is addressed to the model. Never any of its words.
 *
 * @param isSuspected   whether it names a label, another note's id, the form of an answer or a template's token, or gives
 *                      the model an order; hidden characters that can carry words are a sign, too
 * @param controlTokens tokens and markers of prompts and chat templates in it
 * @param hidden        characters in it that nobody sees and that can carry or turn round words
 */
public record Injection(boolean isSuspected, int controlTokens, int hidden) {
    /** Nothing of the kind. */
    public static final Injection NONE = new Injection(false, 0, 0);

    Injection and(Injection other) {
        return new Injection(
                isSuspected || other.isSuspected, controlTokens + other.controlTokens, hidden + other.hidden);
    }
}
