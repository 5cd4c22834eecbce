package io.rationale.core.discovery;

import java.util.Objects;

/**
 * A pattern that R1 named and that does not count.
 *
 * @param name   as R1 gave it, on one line; empty without one
 * @param run    which shuffle it was named in, from 0
 * @param reason a sentence
 */
public record DroppedPattern(String name, int run, String reason) {
    public DroppedPattern {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(reason, "reason");
    }
}
