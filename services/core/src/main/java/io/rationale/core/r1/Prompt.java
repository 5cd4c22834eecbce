package io.rationale.core.r1;

import io.rationale.core.prompt.TokenEstimate;
import java.util.Objects;

/**
 * A prompt in two parts, so that a model that takes a system prompt can be given one.
 *
 * @param instructions the same bytes for every batch, so that prefix caches hold them
 * @param notes        what differs
 * @param tokens       of both, estimated: whoever writes many prompts need not look at the instructions each time
 */
public record Prompt(String instructions, String notes, int tokens) {
    public Prompt {
        Objects.requireNonNull(instructions, "instructions");
        Objects.requireNonNull(notes, "notes");
    }

    /** A prompt whose tokens are yet to be estimated. */
    public Prompt(String instructions, String notes) {
        this(instructions, notes, TokenEstimate.of(instructions) + TokenEstimate.of(notes));
    }

    /** Both parts, one after the other. */
    public String text() {
        return instructions + notes;
    }
}
