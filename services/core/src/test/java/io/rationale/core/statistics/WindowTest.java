package io.rationale.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void shouldNameItsWindowsAndTheirStart() {
        assertThat(Window.of("1h").orElseThrow().start(NOON)).contains(NOON.minus(Duration.ofHours(1)));
        assertThat(Window.of("24h").orElseThrow().start(NOON)).contains(NOON.minus(Duration.ofDays(1)));
        assertThat(Window.of("7d").orElseThrow().start(NOON)).contains(NOON.minus(Duration.ofDays(7)));
        assertThat(Window.of("30d").orElseThrow().start(NOON)).contains(NOON.minus(Duration.ofDays(30)));
        assertThat(Window.of("all").orElseThrow().start(NOON)).isEmpty();
        assertThat(Window.of("2h")).isEmpty();
    }
}
