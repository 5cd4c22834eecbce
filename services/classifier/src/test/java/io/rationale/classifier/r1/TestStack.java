package io.rationale.classifier.r1;

import io.rationale.classifier.r1.cluster.BackOff;
import io.rationale.classifier.r1.cluster.Balancer;
import io.rationale.classifier.r1.cluster.BalancingModel;
import io.rationale.core.r1.ReasoningModel;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;

/** The decorators of {@link R1Cluster} over a balancer that a test holds; between two tries no time passes. */
public final class TestStack {
    private TestStack() {}

    /** Retry over balance, as in production. */
    public static ReasoningModel over(Balancer balancer) {
        return new RetryingModel(
                new BalancingModel(balancer, System::nanoTime),
                new R1Availability(Clock.systemUTC()),
                new BackOff(new Random(1)),
                Duration.ofMinutes(30),
                Clock.systemUTC(),
                delay -> {});
    }
}
