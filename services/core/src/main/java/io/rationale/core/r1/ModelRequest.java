package io.rationale.core.r1;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Objects;

/**
 * One call.
 *
 * @param exchangeId id under which the exchange will be stored
 * @param prompt     what to ask
 * @param schema     JSON Schema of the answer, for servers that can hold a model to it; null for none
 * @param notes      how many notes the prompt asks about
 * @param atMost     longest time that a server may take for it, all tries together; null for as long as the timers allow
 */
public record ModelRequest(String exchangeId, Prompt prompt, JsonNode schema, int notes, Duration atMost) {
    public ModelRequest {
        Objects.requireNonNull(exchangeId, "exchangeId");
        Objects.requireNonNull(prompt, "prompt");
    }

    /** A call whose answer has any form. */
    public ModelRequest(String exchangeId, Prompt prompt, int notes) {
        this(exchangeId, prompt, null, notes, null);
    }

    /** The same call when so much of its time is used up. */
    public ModelRequest after(Duration used) {
        return atMost == null || used.isZero()
                ? this
                : new ModelRequest(exchangeId, prompt, schema, notes, atMost.minus(used));
    }
}
