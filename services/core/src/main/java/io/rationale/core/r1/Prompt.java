package io.rationale.core.r1;

import java.util.Objects;

/**
 * A prompt in two parts, so that a model that takes a system prompt can be given one.
 *
 * @param instructions the same bytes for every batch, so that prefix caches hold them
 * @param notes        what differs
 */
public record Prompt(String instructions, String notes) {
    public Prompt {
        Objects.requireNonNull(instructions, "instructions");
        Objects.requireNonNull(notes, "notes");
    }

    /** Both parts, one after the other. */
    public String text() {
        return instructions + notes;
    }
}
