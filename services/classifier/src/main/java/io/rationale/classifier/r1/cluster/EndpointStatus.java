package io.rationale.classifier.r1.cluster;

import java.util.Optional;

/**
 * An endpoint as it is now, for people and metrics.
 *
 * @param name              base URL
 * @param phase             whether it takes calls
 * @param reason            why it takes none
 * @param limit             calls that it may get at once
 * @param slots             slots that are proven, 0 before the first proof
 * @param inFlight          calls at it
 * @param waiting           of those, calls without a first payload
 * @param outstandingTokens estimated tokens of the calls at it
 */
public record EndpointStatus(
        String name,
        Phase phase,
        Optional<String> reason,
        int limit,
        int slots,
        int inFlight,
        int waiting,
        long outstandingTokens) {

    /** An endpoint's life. */
    public enum Phase {
        /** Never probed: takes nothing. */
        NEW,
        /** Takes calls. */
        UP,
        /** Its breaker is open: takes nothing until a probe succeeds. */
        DOWN,
        /** Taken off the list: its calls may end. */
        REMOVED
    }
}
