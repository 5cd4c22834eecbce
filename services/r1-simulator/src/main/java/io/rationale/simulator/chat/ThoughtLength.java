package io.rationale.simulator.chat;

import java.util.SplittableRandom;

/**
 * How long a model thinks: lognormal, with a 95th percentile of five times the median, and growing with the square root
 * of the notes in the prompt, as R1 was measured.
 *
 * @param medianTokens about one note; 0 for no more than there is to say
 */
public record ThoughtLength(int medianTokens) {
    private static final double SIGMA = Math.log(5) / 1.645;

    /** Tokens for one request. */
    public int sample(int notes, long seed) {
        double normal = new SplittableRandom(seed).nextGaussian();
        double tokens = medianTokens * Math.exp(SIGMA * normal) * Math.sqrt(Math.max(1, notes));
        return (int) Math.min(tokens, Integer.MAX_VALUE);
    }
}
