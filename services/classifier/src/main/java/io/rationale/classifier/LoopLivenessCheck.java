package io.rationale.classifier;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Down once the loop has ended by itself, or no longer polls: only a restart brings it back. R1 has no part in it. */
@Liveness
@Singleton
class LoopLivenessCheck implements HealthCheck {
    private final ClassifierWiring wiring;

    LoopLivenessCheck(ClassifierWiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("classifier-loop")
                .status(wiring.failure().isEmpty() && !wiring.isStuck());
        wiring.failure().ifPresent(failure -> response.withData("failure", failure.toString()));
        return response.build();
    }
}
