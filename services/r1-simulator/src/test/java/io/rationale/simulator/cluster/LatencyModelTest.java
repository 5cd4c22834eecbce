package io.rationale.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyModelTest {

    @Test
    void shouldDivideAllTimesByTheSpeedUp() {
        // given
        LatencyModel model = new LatencyModel(10);

        // when
        Duration prefill = model.prefill(15_000);
        Duration decoding = model.decoding(100);

        // then
        assertThat(prefill).isEqualTo(Duration.ofMillis(100));
        assertThat(decoding).isEqualTo(Duration.ofMillis(200));
    }
}
