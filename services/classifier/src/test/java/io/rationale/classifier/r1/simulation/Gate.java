package io.rationale.classifier.r1.simulation;

import io.rationale.classifier.r1.cluster.Admission;
import io.rationale.classifier.r1.cluster.Balancer;
import io.rationale.core.r1.ModelRequest;
import java.util.Optional;
import java.util.OptionalLong;

/** What decides which call goes where and when: the real balancer, or what it is compared with. */
interface Gate {
    Optional<Admission> admit(long now, ModelRequest request);

    /** Calls that the endpoint may get at once. */
    int limit(String endpoint, long now);

    /** The balancer to probe for, and to tell of metrics; none in what it is compared with. */
    default Optional<Balancer> balancer() {
        return Optional.empty();
    }

    /** When time alone makes room. */
    default OptionalLong nextRoom(long now) {
        return OptionalLong.empty();
    }

    /** The real one. */
    static Gate of(Balancer balancer) {
        return new Gate() {
            @Override
            public Optional<Admission> admit(long now, ModelRequest request) {
                return balancer.admit(now, request);
            }

            @Override
            public int limit(String endpoint, long now) {
                return balancer.status(now).stream()
                        .filter(status -> status.name().equals(endpoint)
                                && status.reason().isEmpty())
                        .mapToInt(status -> status.limit())
                        .sum();
            }

            @Override
            public Optional<Balancer> balancer() {
                return Optional.of(balancer);
            }

            @Override
            public OptionalLong nextRoom(long now) {
                return balancer.nextRoom(now);
            }
        };
    }
}
