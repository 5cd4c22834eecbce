package io.rationale.classifier.r1.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FirstPayloadFloorTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final FirstPayloadFloor floor = new FirstPayloadFloor();

    @Test
    void shouldBeTheShortestTime() {
        // when
        floor.record(0, 3 * SECOND, 100, false);
        floor.record(0, SECOND, 100, false);
        floor.record(0, 2 * SECOND, 100, false);

        // then
        assertThat(floor.nanos()).isEqualTo(SECOND);
    }

    @Test
    void shouldNotRiseWithAQueueHoweverLongItStands() {
        // given
        floor.record(0, SECOND, 100, true);

        // when
        for (int i = 0; i < 100; i++) {
            floor.record(i * HOUR, 60 * SECOND, 100, false);
        }

        // then
        assertThat(floor.nanos()).isEqualTo(SECOND);
    }

    @Test
    void shouldRiseWhenCallsThatCannotHaveQueuedTakeLonger() {
        // given
        floor.record(0, SECOND, 100, true);

        // when
        for (int i = 0; i < 20; i++) {
            floor.record(i * HOUR, 5 * SECOND, 100, true);
        }

        // then
        assertThat(floor.nanos()).isEqualTo(5 * SECOND);
    }

    @Test
    void shouldBePatientWithLongPrompts() {
        // when
        floor.record(0, SECOND, 100, false);

        // then
        assertThat(floor.patience(50)).isBetween(2 * SECOND, 3 * SECOND);
        assertThat(floor.patience(1000)).isBetween(20 * SECOND, 21 * SECOND);
    }

    @Test
    void shouldTakeNothingForLateBeforeAnythingWasMeasured() {
        assertThat(floor.patience(100)).isGreaterThanOrEqualTo(HOUR);
    }
}
