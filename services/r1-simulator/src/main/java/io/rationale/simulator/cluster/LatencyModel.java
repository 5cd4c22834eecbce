package io.rationale.simulator.cluster;

import java.time.Duration;

/**
 * How long a cluster takes. For now the model of an idle one: prefill at 15,000 tokens/s and 20 ms for each token that
 * follows, all divided by the speed-up.
 */
public record LatencyModel(double speedUp) {
    private static final double PREFILL_TOKENS_PER_SECOND = 15_000;
    private static final double SECONDS_PER_TOKEN = 0.020;

    /** From the slot to the first token. */
    public Duration prefill(int promptTokens) {
        return seconds(promptTokens / PREFILL_TOKENS_PER_SECOND);
    }

    /** From the first token on. */
    public Duration decoding(int tokens) {
        return seconds(tokens * SECONDS_PER_TOKEN);
    }

    private Duration seconds(double atNormalSpeed) {
        return Duration.ofNanos((long) (atNormalSpeed / speedUp * 1e9));
    }
}
