package io.rationale.core.discovery;

import io.rationale.core.r1.Usage;
import java.util.Objects;

/**
 * How far a discovery is.
 *
 * @param phase   {@code drawing} (of which {@code done} are notes that were looked at), {@code naming}, {@code merging}, {@code assigning} or {@code ended}
 * @param done    calls that were answered
 * @param planned calls altogether, as far as they can be foreseen
 * @param tokens  spent so far
 * @param usage   the same by kind, or null where nothing is told
 */
public record DiscoveryProgress(String phase, int done, int planned, long tokens, Usage usage) {
    public DiscoveryProgress {
        Objects.requireNonNull(phase, "phase");
    }
}
