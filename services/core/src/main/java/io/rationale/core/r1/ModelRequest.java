package io.rationale.core.r1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * One call.
 *
 * @param exchangeId id under which the exchange will be stored
 * @param prompt     what to ask
 * @param schema     JSON Schema of the answer, for servers that can hold a model to it; null for none
 * @param notes      how many notes the prompt asks about
 */
public record ModelRequest(String exchangeId, Prompt prompt, JsonNode schema, int notes) {
    public ModelRequest {
        Objects.requireNonNull(exchangeId, "exchangeId");
        Objects.requireNonNull(prompt, "prompt");
    }

    /** A call whose answer has any form. */
    public ModelRequest(String exchangeId, Prompt prompt, int notes) {
        this(exchangeId, prompt, null, notes);
    }
}
