package io.rationale.console.statistics;

import jakarta.inject.Singleton;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Down once the statistics have ended by themselves: only a restart brings them back. While they have not begun, because
 * Kafka or its topics are not there yet, a restart would only make them begin again.
 */
@Liveness
@Singleton
class StatisticsLivenessCheck implements HealthCheck {
    private final KafkaStreams streams;

    StatisticsLivenessCheck(KafkaStreams streams) {
        this.streams = streams;
    }

    @Override
    public HealthCheckResponse call() {
        return response(streams.state());
    }

    static HealthCheckResponse response(KafkaStreams.State state) {
        boolean ended =
                switch (state) {
                    case PENDING_ERROR, ERROR, NOT_RUNNING -> true;
                    case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN -> false;
                };
        return HealthCheckResponse.named("statistics-streams")
                .status(!ended)
                .withData("state", state.name())
                .build();
    }
}
