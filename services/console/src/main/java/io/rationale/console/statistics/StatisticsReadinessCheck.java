package io.rationale.console.statistics;

import jakarta.inject.Singleton;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the statistics have begun to count. */
@Readiness
@Singleton
class StatisticsReadinessCheck implements HealthCheck {
    private final KafkaStreams streams;

    StatisticsReadinessCheck(KafkaStreams streams) {
        this.streams = streams;
    }

    @Override
    public HealthCheckResponse call() {
        return response(streams.state());
    }

    static HealthCheckResponse response(KafkaStreams.State state) {
        return HealthCheckResponse.named("statistics")
                .status(state.isRunningOrRebalancing())
                .withData("state", state.name())
                .build();
    }
}
