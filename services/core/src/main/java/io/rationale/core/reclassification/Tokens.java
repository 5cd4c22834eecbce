package io.rationale.core.reclassification;

import io.rationale.core.r1.Usage;

/**
 * Whole tokens that were spent.
 *
 * @param prompt    of the prompts, cached ones included
 * @param cached    of these, those that the servers' prefix caches held
 * @param reasoning of the chains of thought
 * @param answer    of the answers
 * @param total     prompt, reasoning and answer together
 */
public record Tokens(long prompt, long cached, long reasoning, long answer, long total) {
    /** Rounded. */
    public static Tokens of(Usage usage) {
        long prompt = Math.round(usage.prompt());
        long reasoning = Math.round(usage.reasoning());
        long answer = Math.round(usage.answer());
        return new Tokens(prompt, Math.round(usage.cached()), reasoning, answer, prompt + reasoning + answer);
    }
}
