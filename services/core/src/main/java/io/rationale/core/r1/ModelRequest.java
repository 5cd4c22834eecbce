package io.rationale.core.r1;

import java.util.Objects;

/**
 * One call.
 *
 * @param exchangeId id under which the exchange will be stored
 * @param prompt     what to ask
 * @param notes      how many notes the prompt asks about
 */
public record ModelRequest(String exchangeId, Prompt prompt, int notes) {
    public ModelRequest {
        Objects.requireNonNull(exchangeId, "exchangeId");
        Objects.requireNonNull(prompt, "prompt");
    }
}
