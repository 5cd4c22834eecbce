package io.rationale.classifier.r1.simulation;

import io.rationale.classifier.r1.cluster.Balancer;
import io.rationale.classifier.r1.cluster.ConcurrencyLimit;
import io.rationale.classifier.r1.cluster.Endpoint;
import java.util.Collection;
import java.util.Random;

/** Ways to limit calls, to compare. */
enum Policy {
    /** What the classifier does. */
    FOUND("slots found") {
        @Override
        Gate gate(Collection<Endpoint> endpoints, Random random) {
            return balancer(endpoints, ConcurrencyLimit.Bounds.DEFAULT, random);
        }
    },
    /** The same with a fixed limit for each node. */
    FIXED("fixed at 16") {
        @Override
        Gate gate(Collection<Endpoint> endpoints, Random random) {
            return balancer(endpoints, ConcurrencyLimit.Bounds.fixed(16), random);
        }
    },
    /** AIMD on total latency. */
    LATENCY("AIMD on latency") {
        @Override
        Gate gate(Collection<Endpoint> endpoints, Random random) {
            return new LatencyGate(endpoints);
        }
    };

    private final String title;

    Policy(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract Gate gate(Collection<Endpoint> endpoints, Random random);

    private static Gate balancer(Collection<Endpoint> endpoints, ConcurrencyLimit.Bounds bounds, Random random) {
        Balancer balancer = new Balancer(bounds, random);
        balancer.setEndpoints(endpoints);
        return Gate.of(balancer);
    }
}
