package io.rationale.classifier.r1;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.classifier.r1.cluster.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class R1AvailabilityTest {
    private final ManualClock clock = new ManualClock();
    private final R1Availability availability = new R1Availability(clock);

    @Test
    void shouldMeasureAnOutageFromItsBeginWithItsNewestReason() {
        // given
        availability.refresh(() -> Optional.of("not probed yet"));
        clock.advance(Duration.ofSeconds(5));

        // when
        availability.refresh(() -> Optional.of("connection refused"));

        // then
        assertThat(availability.reason()).contains("connection refused");
        assertThat(availability.outage()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void shouldEndAnOutageWhenAnEndpointIsUp() {
        // given
        availability.refresh(() -> Optional.of("away"));
        clock.advance(Duration.ofSeconds(5));

        // when
        availability.refresh(Optional::empty);

        // then
        assertThat(availability.reason()).isEmpty();
        assertThat(availability.outage()).isZero();
    }

    @Test
    void shouldKnowWhetherAnybodyGotAnAnswerSince() {
        // given
        Instant before = clock.instant();
        clock.advance(Duration.ofSeconds(1));

        // when
        availability.answered();

        // then
        assertThat(availability.answeredSince(before)).isTrue();
        assertThat(availability.answeredSince(clock.instant())).isFalse();
    }
}
