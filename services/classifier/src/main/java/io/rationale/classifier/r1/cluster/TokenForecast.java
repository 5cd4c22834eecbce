package io.rationale.classifier.r1.cluster;

import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;

/**
 * What a call will cost: its prompt, and thought and answer as they have been lately. Thought grows with the square root
 * of the notes in a prompt. Not thread safe: guarded by its owner.
 */
final class TokenForecast {
    /** R1's median for one note, until something is observed. */
    private static final double FIRST_GUESS = 500;

    private static final double WEIGHT = 0.05;

    private double completionPerRoot = FIRST_GUESS;

    /** Estimated tokens of the prompt. */
    static int promptTokens(ModelRequest request) {
        return request.prompt().tokens();
    }

    /** Expected tokens of thought and answer to that many notes. */
    long completionTokens(int notes) {
        return Math.round(completionPerRoot * Math.sqrt(Math.max(1, notes)));
    }

    /** Learns from a reply; those without usage say nothing. */
    void learn(int notes, ModelReply reply) {
        double completion = reply.usage().reasoning() + reply.usage().answer();
        if (completion > 0) {
            completionPerRoot += WEIGHT * (completion / Math.sqrt(Math.max(1, notes)) - completionPerRoot);
        }
    }
}
