package io.rationale.simulator.chat;

import io.rationale.simulator.cluster.Served;
import io.rationale.simulator.cluster.Tokens;
import io.rationale.simulator.fault.Output;

/**
 * What the model has written when it ends, cut to the tokens that the request allows.
 *
 * @param thought      the reasoning; the cut may fall within it
 * @param ended        whether the thought has ended, so that the closing tag was written
 * @param content      the answer with the blank line before it, empty where the thought has not ended
 * @param finishReason {@code stop}, or {@code length} where it was cut
 * @param notes        how many notes were judged; 0 where the answer is not whole
 */
public record Completion(
        String thought,
        boolean ended,
        String content,
        String finishReason,
        int promptTokens,
        int reasoningTokens,
        int answerTokens,
        int notes) {

    static Completion of(Output output, int notes, int promptTokens, int budget) {
        int needed = Tokens.in(output.thought());
        int reasoning = Math.min(needed, budget);
        boolean ended = output.ended() && needed < budget;
        int left = budget - reasoning;
        int wanted = ended ? Tokens.in(output.answer()) : 0;
        int answer = Math.min(wanted, left);
        boolean cut = needed > budget || output.ended() && (!ended || wanted > left);
        String finishReason = cut ? "length" : output.finishReason();
        return new Completion(
                Tokens.first(reasoning, output.thought()),
                ended,
                ended ? Tokens.first(answer, output.answer()) : "",
                finishReason,
                promptTokens,
                reasoning,
                answer,
                finishReason.equals("stop") && ended ? notes : 0);
    }

    public int completionTokens() {
        return reasoningTokens + answerTokens;
    }

    /** For the counters. */
    public Served served(int cachedTokens) {
        return new Served(notes, promptTokens, cachedTokens, reasoningTokens, answerTokens);
    }
}
