package io.rationale.core.r1;

import java.util.Objects;

/**
 * One call.
 *
 * @param exchangeId id under which the exchange will be stored
 * @param prompt     the whole prompt: R1 takes no system prompt, everything stands in one user turn
 * @param sampling   as configured
 * @param notes      how many notes the prompt asks about
 */
public record ModelRequest(String exchangeId, String prompt, Sampling sampling, int notes) {
    public ModelRequest {
        Objects.requireNonNull(exchangeId, "exchangeId");
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(sampling, "sampling");
    }
}
