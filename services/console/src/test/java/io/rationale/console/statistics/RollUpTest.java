package io.rationale.console.statistics;

import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.V2;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static io.rationale.console.Events.reviewed;
import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.statistics.CategoryCount;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts as they get older. It is noon when each test begins. */
class RollUpTest {
    @TempDir
    Path stateDir;

    private TopologyHarness topology;

    @BeforeEach
    void start() {
        topology = new TopologyHarness(stateDir, TopologyHarness.NOON, Set.of("tenant"));
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    private void classifiedAt(String id, String time, String category) {
        topology.decide(classified(note(id, "clinic", Instant.parse(time), "Text."), V1, category));
    }

    private double tokens() {
        return topology.labels().stream()
                .mapToDouble(count -> count.usage().total())
                .sum();
    }

    @Test
    void shouldMoveMinutesIntoHoursAfterTwoDays() {
        classifiedAt("a", "2026-10-01T10:05:10Z", "other");
        classifiedAt("b", "2026-10-01T10:40:50Z", "no-error");
        classifiedAt("c", "2026-10-01T11:00:00Z", "other");
        double before = tokens();

        topology.pass(Duration.ofHours(47));

        assertThat(topology.buckets())
                .containsExactly("hour 2026-10-01T10:00:00Z = 2", "minute 2026-10-01T11:00:00Z = 1");
        assertThat(tokens()).isEqualTo(before);
    }

    @Test
    void shouldMoveHoursIntoDaysAfterSixtyTwoDays() {
        classifiedAt("a", "2026-10-01T10:05:10Z", "other");
        classifiedAt("b", "2026-10-01T00:00:00Z", "no-error");
        classifiedAt("c", "2026-09-30T23:59:59Z", "other");
        classifiedAt("d", "2026-10-02T00:00:00Z", "other");
        double before = tokens();

        topology.pass(Duration.ofDays(62).plusHours(12));

        assertThat(topology.buckets())
                .containsExactly(
                        "day 2026-09-30T00:00:00Z = 1",
                        "day 2026-10-01T00:00:00Z = 2",
                        "hour 2026-10-02T00:00:00Z = 1");
        assertThat(tokens()).isEqualTo(before);
    }

    @Test
    void shouldTakeTheirTimeFromNotesBeyondTheRetention() {
        classifiedAt("a", "2026-10-01T10:05:10Z", "other");
        classifiedAt("b", "2026-10-02T10:05:10Z", "other");
        double before = tokens();

        topology.pass(Duration.ofDays(401));

        assertThat(topology.buckets())
                .containsExactly("day 2026-10-02T00:00:00Z = 1", "older 1970-01-01T00:00:00Z = 1");
        assertThat(tokens()).isEqualTo(before);
    }

    @Test
    void shouldGoAllTheWayAtOnceAfterALongSleep() {
        classifiedAt("a", "2026-10-01T10:05:10Z", "other");

        topology.pass(Duration.ofDays(5000));

        assertThat(topology.buckets()).containsExactly("older 1970-01-01T00:00:00Z = 1");
        assertThat(topology.counts()).hasSize(2);
    }

    @Test
    void shouldCountLateNotesAtOnceAsFineAsTheirAgeAllows() {
        classifiedAt("minute", "2026-09-29T12:00:00Z", "other");
        classifiedAt("hour", "2026-09-29T11:59:59Z", "other");
        classifiedAt("last hour", "2026-07-31T00:00:00Z", "other");
        classifiedAt("day", "2026-07-30T23:59:59Z", "other");
        classifiedAt("last day", "2025-08-27T00:00:00Z", "other");
        classifiedAt("older", "2025-08-26T23:59:59Z", "other");
        classifiedAt("much older", "-0001-08-26T23:59:59Z", "other");
        classifiedAt("to come", "2031-01-01T00:00:59Z", "other");

        assertThat(topology.buckets())
                .containsExactly(
                        "day 2025-08-27T00:00:00Z = 1",
                        "day 2026-07-30T00:00:00Z = 1",
                        "hour 2026-07-31T00:00:00Z = 1",
                        "hour 2026-09-29T11:00:00Z = 1",
                        "minute 2026-09-29T12:00:00Z = 1",
                        "minute 2031-01-01T00:00:00Z = 1",
                        "older 1970-01-01T00:00:00Z = 2");
    }

    @Test
    void shouldCorrectNotesWhereverTheirCountsAreNow() {
        classifiedAt("a", "2026-10-01T10:05:10Z", "other");
        classifiedAt("b", "2026-10-01T10:05:10Z", "other");
        topology.pass(Duration.ofDays(3));
        topology.decide(reviewed("a", V1, "no-error"));
        topology.pass(Duration.ofDays(500));
        topology.decide(reviewed("b", V1, "no-error"));
        topology.decide(classified(note("b"), V2, "other"));

        assertThat(topology.labels())
                .extracting(count ->
                        count.taxonomy().version() + " " + count.category() + " " + count.span() + " " + count.count())
                .containsExactlyInAnyOrder("1 no-error OLDER 2", "2 other OLDER 1");
    }

    @Test
    void shouldKeepTheSumWhileMovesAreHalfDone() {
        for (int minute = 0; minute < 60; minute++) {
            for (int category = 0; category < 60; category++) {
                classifiedAt(
                        minute + "-" + category, "2026-10-01T10:%02d:10Z".formatted(minute), "category-" + category);
            }
        }

        topology.passOnly(Duration.ofDays(3));
        topology.decide(reviewed("59-59", V1, "category-0"));

        assertThat(topology.buckets()).hasSizeGreaterThan(2);
        assertThat(topology.labels().stream().mapToLong(CategoryCount::count).sum())
                .isEqualTo(3_600);
        assertThat(topology.tables.tallies(TableQuery.all(topology.now())).count("category-0"))
                .isEqualTo(61);
        topology.pass(Duration.ZERO);
        assertThat(topology.buckets()).containsExactly("hour 2026-10-01T10:00:00Z = 3600");
    }

    @Test
    void shouldNotGoBackWithTheClock() {
        Horizon horizon = Horizon.at(TopologyHarness.NOON, TopologyHarness.RETENTION);

        Horizon later = Horizon.at(TopologyHarness.NOON.minus(Duration.ofDays(3)), TopologyHarness.RETENTION)
                .andNotBefore(horizon);

        assertThat(later).isEqualTo(horizon);
    }
}
