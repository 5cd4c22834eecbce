package io.rationale.classifier;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the group's coordinator hears of the loop. */
@Readiness
@Singleton
class KafkaReadinessCheck implements HealthCheck {
    private final ClassifierWiring wiring;

    KafkaReadinessCheck(ClassifierWiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("kafka").status(wiring.isMember()).build();
    }
}
