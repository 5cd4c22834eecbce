package io.rationale.console.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.statistics.Window;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableQueryTest {
    private static final Instant NOW = Instant.parse("2026-10-01T10:00:30Z");

    @Test
    void shouldEndAfterTheRunningMinute() {
        TableQuery query = new TableQuery(Window.LAST_HOUR, Set.of(), NOW);

        assertThat(query.from()).contains(Instant.parse("2026-10-01T09:01:00Z"));
        assertThat(query.to()).contains(Instant.parse("2026-10-01T10:01:00Z"));
        assertThat(query.covers("a", NOW)).isTrue();
        assertThat(query.covers("a", Instant.parse("2026-10-01T09:00:59Z"))).isFalse();
        assertThat(query.covers("a", Instant.parse("2026-10-01T10:01:00Z"))).isFalse();
    }

    @Test
    void shouldCoverAllTimesAndOnlyTheAskedSources() {
        TableQuery query = new TableQuery(Window.ALL, Set.of("a"), NOW);

        assertThat(query.covers("a", Instant.EPOCH)).isTrue();
        assertThat(query.covers("b", NOW)).isFalse();
        assertThat(query.from()).isEmpty();
        assertThat(query.to()).isEmpty();
    }
}
