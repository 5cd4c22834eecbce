package io.rationale.classifier;

import io.rationale.classifier.r1.R1Availability;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while no R1 endpoint answers, with the reason; notes wait in Kafka meanwhile. */
@Readiness
@Singleton
class R1ReadinessCheck implements HealthCheck {
    private final R1Availability availability;

    R1ReadinessCheck(R1Availability availability) {
        this.availability = availability;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("r1").status(availability.reason().isEmpty());
        availability.reason().ifPresent(reason -> response.withData("reason", reason));
        return response.build();
    }
}
