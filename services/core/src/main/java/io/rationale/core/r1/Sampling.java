package io.rationale.core.r1;

/**
 * How R1 samples; sent explicitly because servers differ in their defaults.
 *
 * @param temperature DeepSeek recommends 0.5 to 0.7 for R1
 * @param topP        nucleus
 * @param maxTokens   for thought and answer together
 * @param seed        or null for the server's choice
 */
public record Sampling(double temperature, double topP, int maxTokens, Long seed) {
    /** DeepSeek's own recommendation for R1: 0.6 and 0.95. */
    public static final Sampling R1 = new Sampling(0.6, 0.95, 32_768, null);
}
