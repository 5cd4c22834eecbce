package io.rationale.simulator.prompt;

import java.util.Objects;

/** A pattern as a prompt gives it; only the id is sure, everything else may be empty. */
public record ListedPattern(String id, String name, String definition) {
    public ListedPattern {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(definition, "definition");
    }
}
