package io.rationale.classifier.r1;

import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends each call to the endpoint with the fewest notes outstanding; an endpoint that was unavailable at its last call
 * comes after those that were not. Thread safe.
 */
final class BalancingModel implements ReasoningModel {
    private static final long UNAVAILABLE_PENALTY = 1_000_000;

    private final List<Endpoint> endpoints;

    private static final class Endpoint {
        private final ReasoningModel model;
        private final AtomicLong outstandingNotes = new AtomicLong();
        private volatile boolean unavailable;

        Endpoint(ReasoningModel model) {
            this.model = model;
        }

        long load() {
            return outstandingNotes.get() + (unavailable ? UNAVAILABLE_PENALTY : 0);
        }
    }

    BalancingModel(List<? extends ReasoningModel> endpoints) {
        this.endpoints = endpoints.stream().map(Endpoint::new).toList();
    }

    @Override
    public ModelReply call(ModelRequest request) throws InterruptedException {
        Endpoint endpoint = reserve(request.notes());
        try {
            ModelReply reply = endpoint.model.call(request);
            endpoint.unavailable = reply.outcome().unavailable();
            return reply;
        } finally {
            endpoint.outstandingNotes.addAndGet(-request.notes());
        }
    }

    private synchronized Endpoint reserve(int notes) {
        Endpoint least = endpoints.getFirst();
        for (Endpoint endpoint : endpoints) {
            least = endpoint.load() < least.load() ? endpoint : least;
        }
        least.outstandingNotes.addAndGet(notes);
        return least;
    }
}
