package io.rationale.console.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams.State;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class StatisticsHealthTest {
    private static Set<State> up(Function<State, HealthCheckResponse> check) {
        return EnumSet.allOf(State.class).stream()
                .filter(state -> check.apply(state).getStatus() == HealthCheckResponse.Status.UP)
                .collect(Collectors.toSet());
    }

    @Test
    void shouldBeReadyWhileCounting() {
        assertThat(up(StatisticsReadinessCheck::response)).containsExactlyInAnyOrder(State.REBALANCING, State.RUNNING);
    }

    @Test
    void shouldLiveWhileWaitingForKafka() {
        assertThat(up(StatisticsLivenessCheck::response))
                .containsExactlyInAnyOrder(State.CREATED, State.REBALANCING, State.RUNNING, State.PENDING_SHUTDOWN);
    }
}
