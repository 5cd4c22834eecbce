package io.rationale.core.r1;

/**
 * How a reasoning model wants to be asked, where nobody configured otherwise.
 *
 * @param id             the model's short name, in lower case
 * @param temperature    as its makers recommend
 * @param topP           nucleus, as its makers recommend
 * @param systemPrompt   whether it takes instructions in a system prompt; else everything goes into one user turn
 * @param contextTokens  the longest context that it was made for; a server may allow less
 * @param maxTokens      room for thought and answer together
 * @param notesPerPrompt how many notes it can judge in one prompt without losing track
 */
public record ModelProfile(
        String id,
        double temperature,
        double topP,
        boolean systemPrompt,
        int contextTokens,
        int maxTokens,
        int notesPerPrompt) {
    public ModelProfile {
        if (contextTokens <= maxTokens || notesPerPrompt < 1) {
            throw new IllegalArgumentException("no room for a prompt with a note in the profile of " + id);
        }
    }

    /** The sampling that the makers recommend. */
    public Sampling sampling(Long seed) {
        return new Sampling(temperature, topP, maxTokens, seed);
    }
}
