package io.rationale.classifier.r1;

import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Sends each call to the endpoint with the fewest notes outstanding. An endpoint that was unavailable comes after those
 * that were not, for a while; then one call tries it again. Thread safe.
 */
final class BalancingModel implements ReasoningModel {
    private static final long UNAVAILABLE_PENALTY = 1_000_000;
    private static final Duration SHUNNED = Duration.ofSeconds(15);

    private final List<Endpoint> endpoints;
    private final Clock clock;

    /** Guarded by the balancer. */
    private static final class Endpoint {
        private final ReasoningModel model;
        private long outstandingNotes;
        private Instant shunnedUntil = Instant.MIN;

        Endpoint(ReasoningModel model) {
            this.model = model;
        }

        long load(Instant now) {
            return outstandingNotes + (now.isBefore(shunnedUntil) ? UNAVAILABLE_PENALTY : 0);
        }

        /** A trial, until it is answered, keeps other calls away. */
        void take(int notes, Instant now) {
            outstandingNotes += notes;
            shunnedUntil = shunnedUntil.equals(Instant.MIN) ? Instant.MIN : now.plus(SHUNNED);
        }
    }

    BalancingModel(List<? extends ReasoningModel> endpoints, Clock clock) {
        this.endpoints = endpoints.stream().map(Endpoint::new).toList();
        this.clock = clock;
    }

    @Override
    public ModelReply call(ModelRequest request) throws InterruptedException {
        Endpoint endpoint = reserve(request.notes());
        try {
            ModelReply reply = endpoint.model.call(request);
            answered(endpoint, reply.outcome().unavailable());
            return reply;
        } finally {
            release(endpoint, request.notes());
        }
    }

    private synchronized Endpoint reserve(int notes) {
        Instant now = clock.instant();
        Endpoint least = endpoints.getFirst();
        for (Endpoint endpoint : endpoints) {
            least = endpoint.load(now) < least.load(now) ? endpoint : least;
        }
        least.take(notes, now);
        return least;
    }

    private synchronized void answered(Endpoint endpoint, boolean unavailable) {
        endpoint.shunnedUntil = unavailable ? clock.instant().plus(SHUNNED) : Instant.MIN;
    }

    private synchronized void release(Endpoint endpoint, int notes) {
        endpoint.outstandingNotes -= notes;
    }
}
