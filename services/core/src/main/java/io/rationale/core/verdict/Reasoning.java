package io.rationale.core.verdict;

import java.util.Objects;

/**
 * The passage of the chain of thought that is about the note.
 *
 * @param text     a substring of the exchange's reasoning, unchanged
 * @param whole    true when passages could not be told apart, so that this is the whole chain of thought
 * @param exchange where the whole stands; null until the exchange is written
 */
public record Reasoning(String text, boolean whole, ExchangePointer exchange) {
    public Reasoning {
        Objects.requireNonNull(text, "text");
    }

    /** The same passage with its pointer. */
    public Reasoning at(ExchangePointer pointer) {
        return new Reasoning(text, whole, pointer);
    }
}
