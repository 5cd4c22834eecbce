package io.rationale.core.discovery;

import java.util.Objects;

/**
 * How far a discovery is.
 *
 * @param phase   {@code naming}, {@code merging}, {@code assigning} or {@code ended}
 * @param done    calls that were answered
 * @param planned calls altogether, as far as they can be foreseen
 * @param tokens  spent so far
 */
public record DiscoveryProgress(String phase, int done, int planned, long tokens) {
    public DiscoveryProgress {
        Objects.requireNonNull(phase, "phase");
    }
}
