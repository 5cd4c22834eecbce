package io.rationale.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rationale.core.statistics.Relabelling.CategoryChange;
import io.rationale.core.statistics.Relabelling.Cell;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Crosswalk;
import io.rationale.core.taxonomy.Taxonomy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RelabellingMakerTest {
    private static final Instant FIRST = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant ACTIVATED = Instant.parse("2026-10-08T00:00:00Z");

    private final Taxonomy from = version(1, Map.of(), "a", "b");
    private final Taxonomy to = version(2, Map.of("a", "x", "b", "b"), "x", "b");
    /** 100 notes: 30 of {@code a} of which 10 go to {@code b}, 50 of {@code b} that stay, 20 of {@code other}. */
    private final LabelPairCounts overlap = new LabelPairCounts(Map.of(
            "a", Map.of("x", 20L, "b", 10L),
            "b", Map.of("b", 50L),
            "other", Map.of("other", 15L, "x", 5L)));

    private static Taxonomy version(int version, Map<String, String> crosswalk, String... ids) {
        List<Category> categories = Stream.concat(Stream.of(ids), Stream.of("no-error", "other"))
                .map(id ->
                        new Category(id, null, id.toUpperCase(java.util.Locale.ROOT), "It is.", null, null, null, null))
                .toList();
        return new Taxonomy("t", version, null, null, categories, crosswalk);
    }

    private Relabelling of(RelabelledNotes notes) {
        Crosswalk crosswalk = Crosswalk.between(from, to, ref -> Optional.empty());
        return new RelabellingMaker(from, to, crosswalk, notes).relabelling(null, null, List.of());
    }

    private static CategoryChange category(Relabelling relabelling, String id) {
        return relabelling.categories().stream()
                .filter(each -> each.category().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private RelabelledNotes notes(long judgedBefore, Map<String, Long> after) {
        return new RelabelledNotes(ACTIVATED, overlap, LabelPairCounts.NONE, 3, 4, FIRST, judgedBefore, after);
    }

    @Test
    void shouldCountTheCrosswalkOnTheNotesJudgedTwice() {
        // when
        Relabelling relabelling = of(notes(100, Map.of()));

        // then
        assertThat(relabelling.overlap()).isEqualTo(100);
        assertThat(relabelling.agreed()).isEqualTo(20 + 50 + 15);
        assertThat(relabelling.table())
                .containsExactly(
                        new Cell("a", "x", 20, true),
                        new Cell("a", "b", 10, false),
                        new Cell("b", "b", 50, true),
                        new Cell("other", "x", 5, false),
                        new Cell("other", "other", 15, true));
        assertThat(category(relabelling, "x").predecessors()).containsExactly("a");
        assertThat(category(relabelling, "x").counted()).isEqualTo(new Relabelling.Counted(30, 25));
        assertThat(category(relabelling, "b").counted()).isEqualTo(new Relabelling.Counted(50, 60));
    }

    @Test
    void shouldTakeTheTotalApart() {
        // when: after the activation 80 of 200 notes are x, which were 25 of 100 before under the same version
        Relabelling relabelling = of(notes(104, Map.of("x", 80L, "b", 120L)));

        // then
        Relabelling.Change change = category(relabelling, "x").change();
        assertThat(change.reason()).isNull();
        assertThat(change.relabelled()).isEqualTo(new PairedShares(20, 5, 10, 65).change());
        assertThat(change.real()).isEqualTo(ShareChange.of(80, 200, 25, 100));
        assertThat(change.total()).isEqualTo(ShareChange.of(80, 200, 30, 100));
        assertThat(change.relabelled().difference() + change.real().difference())
                .isCloseTo(change.total().difference(), within(1e-12));
        assertThat(relabelling.periods()).isEqualTo(new Relabelling.Periods(FIRST, 104, 100, 200));
    }

    @Test
    void shouldSeeThatOnlyTheLabelsChanged() {
        // when: nothing is different after the activation but the version
        Relabelling relabelling = of(notes(100, Map.of("x", 250L, "b", 600L, "other", 150L)));

        // then
        Relabelling.Change change = category(relabelling, "b").change();
        assertThat(change.relabelled().significant()).isTrue();
        assertThat(change.real().significant()).isFalse();
    }

    @Test
    void shouldNotTakeASelectionForTheWhole() {
        // when: ten times as many notes were judged before, of which one category was reclassified
        Relabelling.Change change =
                category(of(notes(1_000, Map.of("x", 80L, "b", 120L))), "x").change();

        // then
        assertThat(change.real()).isNull();
        assertThat(change.total()).isNull();
        assertThat(change.relabelled()).isNotNull();
        assertThat(change.reason()).startsWith("Of 1000 notes seen between 2026-10-01T00:00:00Z and");
    }

    @Test
    void shouldSayWhatIsMissing() {
        // given
        RelabelledNotes never = new RelabelledNotes(null, overlap, LabelPairCounts.NONE, 0, 0, FIRST, 0, Map.of());
        RelabelledNotes none = new RelabelledNotes(
                ACTIVATED, LabelPairCounts.NONE, LabelPairCounts.NONE, 9, 9, null, 0, Map.of("x", 9L));

        // when / then
        assertThat(category(of(never), "x").change().reason()).startsWith("No activation of t@2 is known");
        assertThat(of(never).periods()).isNull();
        assertThat(category(of(none), "x").change().reason()).startsWith("Only 0 notes that were seen before");
        assertThat(category(of(none), "x").change().relabelled()).isNull();
        assertThat(category(of(notes(100, Map.of("x", 9L))), "x").change().reason())
                .startsWith("Only 9 notes were seen since the activation");
    }

    @Test
    void shouldCountNotesSeenSinceInTheTableToo() {
        // given
        LabelPairCounts later = new LabelPairCounts(Map.of("a", Map.of("x", 7L)));

        // when
        Relabelling relabelling =
                of(new RelabelledNotes(ACTIVATED, overlap, later, 0, 0, FIRST, 100, Map.of("x", 50L)));

        // then
        assertThat(relabelling.overlap()).isEqualTo(107);
        assertThat(relabelling.table()).contains(new Cell("a", "x", 27, true));
        assertThat(relabelling.periods().overlap()).isEqualTo(100);
    }
}
