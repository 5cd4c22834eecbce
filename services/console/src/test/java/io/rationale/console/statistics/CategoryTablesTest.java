package io.rationale.console.statistics;

import static io.rationale.console.Events.MODEL;
import static io.rationale.console.Events.USAGE;
import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.V2;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.reviewed;
import static io.rationale.console.Events.unclassifiable;
import static io.rationale.console.statistics.TopologyHarness.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rationale.core.note.Note;
import io.rationale.core.r1.Usage;
import io.rationale.core.statistics.CategorySeries;
import io.rationale.core.statistics.CategorySeries.Point;
import io.rationale.core.statistics.CategoryTable;
import io.rationale.core.statistics.CategoryTable.Before;
import io.rationale.core.statistics.CategoryTable.Group;
import io.rationale.core.statistics.CategoryTable.Row;
import io.rationale.core.statistics.CrossTable;
import io.rationale.core.statistics.Share;
import io.rationale.core.statistics.ShareChange;
import io.rationale.core.statistics.Span;
import io.rationale.core.statistics.WilsonInterval;
import io.rationale.core.statistics.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of what the topology counted. */
class CategoryTablesTest {
    @TempDir
    Path stateDir;

    private TopologyHarness topology;

    @BeforeEach
    void start() {
        topology = new TopologyHarness(stateDir, NOON, Set.of("tenant"));
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    private static Note note(String id, String source, Duration ago, Map<String, String> labels) {
        return new Note(id, "Text.", source, NOON.minus(ago), null, null, null, List.of(), labels, null);
    }

    private static Note note(String id, Duration ago) {
        return note(id, "clinic", ago, Map.of());
    }

    /** Notes of one category, {@code ago}. */
    private void count(int notes, String category, Duration ago) {
        for (int i = 0; i < notes; i++) {
            topology.decide(classified(note(category + ago + i, ago), V1, category));
        }
    }

    private CategoryTable table(TableQuery query) {
        topology.written();
        return topology.tables.table(query);
    }

    private CategoryTable table(Window window) {
        return table(new TableQuery(window, Set.of(), NOON));
    }

    @Test
    void shouldMeasureTheChangeAgainstTheWindowBefore() {
        count(56, "other", Duration.ofMinutes(10));
        count(14, "no-error", Duration.ofMinutes(10));
        count(48, "other", Duration.ofMinutes(70));
        count(32, "no-error", Duration.ofMinutes(70));
        count(9, "no-error", Duration.ofMinutes(130));
        topology.decide(unclassifiable(note("u", Duration.ofMinutes(90)), V1));

        CategoryTable table = table(Window.LAST_HOUR);

        Row row = table.rows().getFirst();
        assertThat(row.share()).isEqualTo(0.8);
        assertThat(row.change()).isEqualTo(ShareChange.of(56, 70, 48, 80));
        assertThat(row.change().significant()).isTrue();
        assertThat(table.before())
                .isEqualTo(new Before(
                        Instant.parse("2026-10-01T10:01:00Z"), Instant.parse("2026-10-01T11:01:00Z"), 80, 1));
    }

    @Test
    void shouldNotSayWhatHasNoMeasure() {
        count(2, "other", Duration.ofMinutes(10));
        topology.decide(unclassifiable(note("u", Duration.ofMinutes(90)), V1));

        assertThat(table(Window.ALL).rows().getFirst().change()).isNull();
        assertThat(table(Window.ALL).before()).isNull();
        assertThat(table(Window.LAST_HOUR).rows().getFirst().change()).isNull();
        assertThat(table(Window.LAST_HOUR).before().undecided()).isOne();
        assertThat(table(new TableQuery(Window.ALL, Set.of("nobody"), NOON)).agreement())
                .isNull();
    }

    @Test
    void shouldSumUpTheTree() {
        count(3, "missed-retrieval", Duration.ZERO);
        count(1, "low-relevance", Duration.ZERO);
        count(2, "other", Duration.ZERO);
        count(4, "retrieval", Duration.ofMinutes(60));
        count(4, "other", Duration.ofMinutes(60));

        CategoryTable table = table(Window.LAST_HOUR);

        assertThat(table.groups()).singleElement().satisfies(group -> {
            assertThat(group.category()).isEqualTo("retrieval");
            assertThat(group.name()).isEqualTo("Retrieval");
            assertThat(group.count()).isEqualTo(4);
            assertThat(group.share()).isEqualTo(4.0 / 6);
            assertThat(group.interval()).isEqualTo(WilsonInterval.of(4, 6));
            assertThat(group.usage()).isEqualTo(new Usage(400, 200, 40, 0));
            assertThat(group.agreement()).isOne();
            assertThat(group.change()).isEqualTo(ShareChange.of(4, 6, 4, 8));
        });
        assertThat(table(Window.ALL).groups()).extracting(Group::count).containsExactly(8L);
    }

    @Test
    void shouldSayHowManyAreUndecidedAndNotYetJudged() {
        count(3, "other", Duration.ZERO);
        topology.decide(unclassifiable(note("u", Duration.ZERO), V1));
        topology.decide(classified(note("v2", Duration.ZERO), V2, "no-error"));
        topology.decide(reviewed("never seen", V1, "other"));

        CategoryTable table = table(Window.LAST_HOUR);
        CategoryTable second = table(new TableQuery(Window.ALL, Set.of(), NOON).under(V2));

        assertThat(table.undecidedShare()).isEqualTo(Share.of(1, 4));
        assertThat(table.unjudged()).isOne();
        assertThat(second.taxonomy()).isEqualTo(V2);
        assertThat(second.title()).isNull();
        assertThat(second.decided()).isOne();
        assertThat(second.unjudged()).isEqualTo(4);
        assertThat(topology.tables.versions())
                .extracting(version -> version.taxonomy() + " " + version.active() + version.known() + " "
                        + version.decided() + " " + version.undecided() + " " + version.unjudged())
                .containsExactly("rag-failures@1 truetrue 3 1 1", "rag-failures@2 falsefalse 1 0 4");
    }

    @Test
    void shouldKnowTokensAndAgreement() {
        topology.decide(classified(note("a", Duration.ZERO), V1, "other", 0.5, MODEL, List.of()));
        topology.decide(classified(note("b", Duration.ZERO), V1, "no-error", 1, MODEL, List.of()));
        topology.decide(unclassifiable(note("c", Duration.ZERO), V1));

        CategoryTable table = table(Window.ALL);

        assertThat(table.agreement()).isEqualTo(0.75);
        assertThat(table.rows().getFirst().usage()).isEqualTo(USAGE);
        assertThat(table.usage()).isEqualTo(new Usage(300, 150, 30, 0));
    }

    @Test
    void shouldShowCategoriesThatTheTaxonomyDoesNotKnowLast() {
        count(1, "zebra", Duration.ZERO);
        count(1, "aardvark", Duration.ZERO);
        count(1, "other", Duration.ZERO);

        assertThat(table(Window.ALL).rows()).extracting(Row::name).containsExactly("Other", "aardvark", "zebra");
    }

    @Test
    void shouldWidenARangeToWholeBuckets() {
        count(1, "other", Duration.ofDays(3));
        count(2, "other", Duration.ofDays(3).plusMinutes(59));
        count(4, "other", Duration.ofDays(3).plusMinutes(61));

        CategoryTable table = table(TableQuery.range(
                NOON.minus(Duration.ofDays(3)).minus(Duration.ofMinutes(1)),
                NOON.minus(Duration.ofDays(3)).plusSeconds(1),
                Set.of(),
                NOON));

        assertThat(table.window()).isEqualTo("range");
        assertThat(table.from()).isEqualTo(Instant.parse("2026-09-28T11:00:00Z"));
        assertThat(table.to()).isEqualTo(Instant.parse("2026-09-28T13:00:00Z"));
        assertThat(table.decided()).isEqualTo(3);
    }

    @Test
    void shouldKeepToTheRetention() {
        count(1, "other", Duration.ofDays(500));
        count(2, "other", Duration.ofDays(399));

        Instant ancient = NOON.minus(Duration.ofDays(1000));
        CategoryTable table = table(TableQuery.range(ancient, null, Set.of(), NOON));

        assertThat(table.decided()).isEqualTo(2);
        assertThat(table.from()).isEqualTo(Instant.parse("2025-08-27T00:00:00Z"));
        assertThat(table(Window.ALL).decided()).isEqualTo(3);
        assertThat(table(TableQuery.range(null, NOON, Set.of(), NOON)).decided())
                .isEqualTo(3);
        assertThatThrownBy(() -> table(TableQuery.range(ancient, ancient.plus(Duration.ofDays(1)), Set.of(), NOON)))
                .isInstanceOf(QueryRefusedException.class)
                .hasMessageContaining("2025-08-27T00:00:00Z");
    }

    @Test
    void shouldTallyWithGroups() {
        count(3, "missed-retrieval", Duration.ZERO);
        topology.decide(unclassifiable(note("u", Duration.ZERO), V1));
        topology.written();

        Tallies tallies = topology.tables.tallies(new TableQuery(Window.LAST_HOUR, Set.of(), NOON));

        assertThat(tallies).isEqualTo(new Tallies(V1, 3, 1, 0, Map.of("missed-retrieval", 3L, "retrieval", 3L)));
        assertThat(tallies.count("other")).isZero();
    }

    private CategorySeries series(Window window, Step step) {
        topology.written();
        return topology.tables.series(new TableQuery(window, Set.of(), NOON), step);
    }

    @Test
    void shouldGiveAPointForEveryStep() {
        count(2, "other", Duration.ofMinutes(5));
        topology.decide(unclassifiable(note("u", Duration.ofMinutes(6)), V1));

        CategorySeries series = series(Window.LAST_HOUR, Step.AUTO);

        assertThat(series.step()).isEqualTo(Span.MINUTE);
        assertThat(series.widened()).isFalse();
        assertThat(series.points()).hasSize(60);
        assertThat(series.points().get(53)).isEqualTo(new Point(NOON.minus(Duration.ofMinutes(6)), Map.of(), 1, 160));
        assertThat(series.points().get(54))
                .isEqualTo(new Point(NOON.minus(Duration.ofMinutes(5)), Map.of("other", 2L), 0, 320));
        assertThat(series.older()).isNull();
    }

    @Test
    void shouldWidenTheStepWhereCountsAreNoFiner() {
        count(2, "other", Duration.ofDays(4));

        CategorySeries series = series(Window.LAST_WEEK, Step.MINUTE);

        assertThat(series.step()).isEqualTo(Span.HOUR);
        assertThat(series.widened()).isTrue();
        assertThat(series.points()).hasSize(7 * 24 + 1);
        assertThat(series(Window.LAST_WEEK, Step.AUTO).widened()).isFalse();
    }

    @Test
    void shouldRefuseASeriesThatIsTooLong() {
        count(1, "other", Duration.ofMinutes(1));
        count(1, "other", Duration.ofDays(1).plusHours(20));

        assertThatThrownBy(() -> series(Window.ALL, Step.MINUTE))
                .isInstanceOf(QueryRefusedException.class)
                .hasMessageContaining("2640");
        assertThat(series(Window.ALL, Step.AUTO).step()).isEqualTo(Span.HOUR);
    }

    @Test
    void shouldShowWhatHasNoTimeBesideTheSeries() {
        count(2, "other", Duration.ofDays(800));
        count(1, "other", Duration.ofDays(300));

        CategorySeries series = series(Window.ALL, Step.AUTO);

        assertThat(series.step()).isEqualTo(Span.DAY);
        assertThat(series.older()).isEqualTo(new Point(null, Map.of("other", 2L), 0, 320));
        assertThat(series.points()).singleElement().satisfies(point -> assertThat(point.categories())
                .isEqualTo(Map.of("other", 1L)));
    }

    @Test
    void shouldGiveAnEmptySeriesOfNothing() {
        CategorySeries series = series(Window.ALL, Step.AUTO);

        assertThat(series.points()).isEmpty();
        assertThat(series.from()).isNull();
    }

    @Test
    void shouldCrossWithALabel() {
        for (int i = 0; i < 4; i++) {
            Map<String, String> labels = i == 3 ? Map.of("rank", "1") : Map.of("tenant", i == 0 ? "a" : "b");
            topology.decide(
                    classified(note("n" + i, "clinic", Duration.ZERO, labels), V1, i == 2 ? "other" : "no-error"));
        }
        topology.decide(unclassifiable(note("u", "clinic", Duration.ZERO, Map.of("tenant", "a")), V1));
        topology.written();

        CrossTable cross = topology.tables.cross(TableQuery.all(NOON), "tenant");

        assertThat(cross.columns())
                .containsExactly(
                        new CrossTable.Column(CrossTable.Kind.VALUE, "a", 1, 1),
                        new CrossTable.Column(CrossTable.Kind.VALUE, "b", 2, 0),
                        new CrossTable.Column(CrossTable.Kind.NONE, null, 1, 0));
        assertThat(cross.rows().getFirst().category()).isEqualTo("no-error");
        assertThat(cross.rows().getFirst().count()).isEqualTo(3);
        assertThat(cross.rows().getFirst().cells().get(1))
                .isEqualTo(new CrossTable.Cell(1, 0.5, WilsonInterval.of(1, 2)));
        assertThatThrownBy(() -> topology.tables.cross(TableQuery.all(NOON), "rank"))
                .isInstanceOf(QueryRefusedException.class)
                .hasMessageContaining("source, tenant");
    }

    @Test
    void shouldMoveTheCountOfALabelWithItsNote() {
        topology.decide(classified(note("a", "clinic", Duration.ZERO, Map.of("tenant", "x")), V1, "other"));
        topology.decide(classified(note("a", "clinic", Duration.ZERO, Map.of("tenant", "y")), V2, "other"));
        topology.decide(reviewed("a", V1, "no-error"));
        topology.written();

        CrossTable cross = topology.tables.cross(TableQuery.all(NOON), "tenant");

        assertThat(cross.columns()).containsExactly(new CrossTable.Column(CrossTable.Kind.VALUE, "y", 1, 0));
        assertThat(cross.rows()).extracting(CrossTable.Row::category).containsExactly("no-error");
    }

    @Test
    void shouldSumTheRarerSources() {
        for (int i = 0; i < 103; i++) {
            topology.decide(
                    classified(note("n" + i, "source-%03d".formatted(i), Duration.ZERO, Map.of()), V1, "other"));
        }
        topology.decide(classified(note("again", "source-102", Duration.ZERO, Map.of()), V1, "other"));
        topology.written();

        CrossTable cross = topology.tables.cross(TableQuery.all(NOON), "source");

        assertThat(cross.columns()).hasSize(101);
        assertThat(cross.columns().getFirst().value()).isEqualTo("source-102");
        assertThat(cross.columns().getLast()).isEqualTo(new CrossTable.Column(CrossTable.Kind.OTHERS, "…others", 3, 0));
    }

    @Test
    void shouldForgetWhatAnEarlierCountingLeftInTheTopic() {
        count(3, "other", Duration.ZERO);
        topology.written();
        try (TopologyHarness again =
                new TopologyHarness(stateDir.resolve("again"), NOON.plusSeconds(5), Set.of(), topology)) {
            again.decide(classified(note("a", Duration.ZERO), V1, "no-error"));
            again.written();

            assertThat(table(Window.ALL).rows()).extracting(Row::category).containsExactly("no-error");
        }
    }
}
