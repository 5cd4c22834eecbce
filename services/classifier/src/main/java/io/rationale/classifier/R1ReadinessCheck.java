package io.rationale.classifier;

import io.rationale.classifier.r1.R1Availability;
import io.rationale.classifier.r1.R1Cluster;
import io.rationale.classifier.r1.cluster.EndpointStatus;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while no R1 endpoint answers, with the reason; notes wait in Kafka meanwhile. */
@Readiness
@Singleton
class R1ReadinessCheck implements HealthCheck {
    private final R1Availability availability;
    private final R1Cluster cluster;

    R1ReadinessCheck(R1Availability availability, R1Cluster cluster) {
        this.availability = availability;
        this.cluster = cluster;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("r1").status(availability.reason().isEmpty());
        availability.reason().ifPresent(reason -> response.withData("reason", reason));
        for (EndpointStatus endpoint : cluster.status()) {
            response.withData(
                    endpoint.name(),
                    endpoint.phase().name().toLowerCase(Locale.ROOT) + ": "
                            + endpoint.reason().orElseGet(() -> cluster.found(endpoint.name())));
        }
        return response.build();
    }
}
