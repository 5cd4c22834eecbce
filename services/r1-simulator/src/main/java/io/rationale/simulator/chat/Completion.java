package io.rationale.simulator.chat;

import io.rationale.simulator.cluster.Tokens;
import io.rationale.simulator.reasoner.Thinking;

/**
 * What the simulator sends as an answer, cut to the tokens that the request allows.
 *
 * @param thought      the reasoning; the cut may fall within it
 * @param content      the answer, empty where the tokens were used up by the thought
 * @param finishReason {@code stop}, or {@code length} where it was cut
 * @param notes        how many notes were judged
 */
public record Completion(
        String thought,
        String content,
        String finishReason,
        int promptTokens,
        int reasoningTokens,
        int answerTokens,
        int notes) {
    /** What R1 writes between its thought and its answer, and vLLM leaves in the content. */
    private static final String AFTER_THOUGHT = "\n\n";

    static Completion of(Thinking thinking, int promptTokens, int budget) {
        String content = AFTER_THOUGHT + thinking.answer();
        int reasoning = Math.min(Tokens.in(thinking.thought()), budget);
        int needed = Tokens.in(content);
        int answer = Math.min(needed, budget - reasoning);
        return new Completion(
                Tokens.first(reasoning, thinking.thought()),
                Tokens.first(answer, content),
                answer < needed ? "length" : "stop",
                promptTokens,
                reasoning,
                answer,
                thinking.notes());
    }

    public int completionTokens() {
        return reasoningTokens + answerTokens;
    }
}
