package io.rationale.classifier.r1.simulation;

import io.rationale.classifier.r1.cluster.Admission;
import io.rationale.classifier.r1.cluster.Endpoint;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is usually done for services whose calls are alike: additive increase, multiplicative decrease on the total
 * latency (a call that takes more than twice the average of late is taken for a sign of congestion), fewest calls
 * outstanding; a server that failed is left alone for a while.
 */
final class LatencyGate implements Gate {
    private static final double START = 8;
    private static final double DECREASE = 0.9;
    private static final double WEIGHT = 0.05;
    private static final long SHUNNED = Duration.ofSeconds(15).toNanos();

    private final List<Node> nodes;

    LatencyGate(Collection<Endpoint> endpoints) {
        this.nodes = endpoints.stream().map(Node::new).toList();
    }

    @Override
    public Optional<Admission> admit(long now, ModelRequest request) {
        return nodes.stream()
                .filter(node -> node.inFlight < (int) node.limit && now >= node.shunnedUntil)
                .min(Comparator.comparingInt(node -> node.inFlight))
                .map(node -> node.admit(now));
    }

    @Override
    public OptionalLong nextRoom(long now) {
        return nodes.stream()
                .mapToLong(node -> node.shunnedUntil)
                .filter(until -> until > now)
                .min();
    }

    @Override
    public int limit(String endpoint, long now) {
        return nodes.stream()
                .filter(node -> node.endpoint.name().equals(endpoint))
                .mapToInt(node -> (int) node.limit)
                .sum();
    }

    private static final class Node {
        private final Endpoint endpoint;
        private double limit = START;
        private double average;
        private int inFlight;
        private long shunnedUntil;

        Node(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        Admission admit(long sent) {
            inFlight++;
            return new Admission() {
                @Override
                public void onTakenOut(Runnable action) {
                    // It has no breaker.
                }

                @Override
                public Endpoint endpoint() {
                    return endpoint;
                }

                @Override
                public void firstPayload(long now) {
                    // Total latency is all it looks at.
                }

                @Override
                public void replied(long now, ModelReply reply) {
                    inFlight--;
                    boolean failed = reply.outcome().retriable();
                    shunnedUntil = failed ? now + SHUNNED : shunnedUntil;
                    adapt(now - sent, failed);
                }

                @Override
                public void givenUp(long now) {
                    inFlight--;
                }
            };
        }

        private void adapt(double latency, boolean failed) {
            average = average == 0 ? latency : average + WEIGHT * (latency - average);
            boolean congested = failed || latency > 2 * average;
            limit = Math.clamp(congested ? limit * DECREASE : limit + 1 / limit, 1, 256);
        }
    }
}
