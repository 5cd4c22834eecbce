package io.rationale.classifier.r1.cluster;

import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What is known of an endpoint, its breaker around its limit. Only failures that speak of the server open the breaker.
 * Not thread safe: guarded by the {@link Balancer}.
 */
final class EndpointState {
    private final ConcurrencyLimit limit;
    private final Breaker breaker;
    private Endpoint endpoint;
    private boolean removed;
    private long outstandingTokens;
    private String reason = "not probed yet";

    EndpointState(Endpoint endpoint, ConcurrencyLimit.Bounds bounds, RandomGenerator random) {
        this.endpoint = endpoint;
        this.limit = new ConcurrencyLimit(bounds);
        this.breaker = new Breaker(endpoint.name(), random);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    ConcurrencyLimit limit() {
        return limit;
    }

    Breaker breaker() {
        return breaker;
    }

    long outstandingTokens() {
        return outstandingTokens;
    }

    boolean up() {
        return !removed && breaker.closed();
    }

    boolean hasRoom(long now) {
        return up() && limit.hasRoom(now);
    }

    /** Back on the list, or still there. */
    void list(Endpoint again) {
        endpoint = again;
        removed = false;
    }

    boolean listed() {
        return !removed;
    }

    void remove() {
        removed = true;
    }

    /** Off the list, and the last call has ended. */
    boolean gone() {
        return removed && limit.inFlight() == 0;
    }

    void sent(long tokens) {
        outstandingTokens += tokens;
    }

    /** A call's tokens are no longer outstanding. */
    void released(long tokens) {
        outstandingTokens -= tokens;
    }

    /**
     * A call came back.
     *
     * @param openings of the breaker when the call was sent: what was sent before it opened says nothing about now
     * @return whether that took the endpoint out
     */
    boolean replied(long now, ModelReply reply, int openings) {
        if (!breaker.closed() || openings != breaker.openings()) {
            return false;
        }
        boolean opened = breaker.record(now, failed(reply.outcome()));
        reason = opened ? Reasons.of(reply.outcome()) : reason;
        return opened;
    }

    void probeFailed(long now, String why) {
        reason = why;
        breaker.probeEnded(now, true);
    }

    void probeSucceeded(long now) {
        breaker.probeEnded(now, false);
    }

    /** Why it takes no calls. */
    Optional<String> reason() {
        return up() ? Optional.empty() : Optional.of(removed ? "removed" : reason);
    }

    EndpointStatus status(long now) {
        return new EndpointStatus(
                endpoint.name(),
                phase(),
                reason(),
                limit.limit(now),
                limit.slots(),
                limit.inFlight(),
                limit.waiting(),
                outstandingTokens);
    }

    private EndpointStatus.Phase phase() {
        if (removed) {
            return EndpointStatus.Phase.REMOVED;
        }
        if (!breaker.probed()) {
            return EndpointStatus.Phase.NEW;
        }
        return up() ? EndpointStatus.Phase.UP : EndpointStatus.Phase.DOWN;
    }

    /** A server that rejects some calls while it works on others is full, not broken. */
    private boolean failed(ModelOutcome outcome) {
        boolean full = outcome instanceof ModelOutcome.Overloaded overloaded
                && (overloaded.status() == 429 || overloaded.status() == 503)
                && limit.inFlight() > limit.waiting();
        return !full && (outcome.unavailable() || outcome instanceof ModelOutcome.ErrorInStream);
    }
}
