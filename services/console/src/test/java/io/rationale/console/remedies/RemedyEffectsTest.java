package io.rationale.console.remedies;

import static io.rationale.console.Events.TEN;
import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.V2;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static io.rationale.console.Events.reviewed;
import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.console.search.IndexHarness;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.remedy.Remedy;
import io.rationale.core.remedy.RemedyEffect.Period;
import io.rationale.core.statistics.ShareChange;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemedyEffectsTest {
    private static final Instant DEPLOYED = TEN;
    private static final Instant NOW = TEN.plus(Duration.ofHours(10));
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    private final Map<String, Taxonomy> published = new HashMap<>();
    private IndexHarness notes;
    private RemedyEffects effects;
    private int ids;

    @BeforeEach
    void open() throws IOException {
        notes = new IndexHarness(directory);
        Taxonomy first = version(V1, null, null, Map.of(), "stage", "a<stage", "b<stage", "c");
        published.put(V1.toString(), first);
        effects = new RemedyEffects(
                new NoteSearch(notes.index, () -> true, () -> 1),
                new KnownTaxonomies(first, () -> Map.copyOf(published)));
    }

    @AfterEach
    void close() {
        notes.close();
    }

    private static Taxonomy version(
            TaxonomyRef ref, TaxonomyRef basedOn, Instant activated, Map<String, String> crosswalk, String... ids) {
        List<Category> categories = Stream.concat(Stream.of(ids), Stream.of("no-error", "other"))
                .map(id -> id.split("<"))
                .map(id -> new Category(id[0], id.length > 1 ? id[1] : null, id[0], "It is.", null, null, null, null))
                .toList();
        Taxonomy.Activation activation = activated == null ? null : new Taxonomy.Activation("Ada", activated);
        return new Taxonomy(
                ref.id(), ref.version(), null, Taxonomy.Status.ACTIVE, categories, crosswalk, basedOn, activation);
    }

    private static Remedy remedy(String category, String... sources) {
        return new Remedy(1, "r", V1, category, "Done.", "Ada", TEN, DEPLOYED, List.of(sources), null);
    }

    /** Notes of that hour after the deployment, or before it. */
    private void judged(int count, TaxonomyRef version, String category, String source, int hour) throws IOException {
        AuditEvent[] events = new AuditEvent[count];
        for (int i = 0; i < count; i++) {
            Instant seen = DEPLOYED.plus(HOUR.multipliedBy(hour)).plusSeconds(i);
            events[i] = classified(note("n" + ids++, source, seen, "Text."), version, category, 1, "r1", List.of());
        }
        notes.decided(events);
    }

    private RemedyAnswer effect(Remedy remedy) {
        return effects.of(List.of(remedy), 30, NOW).getFirst();
    }

    private static void shouldHold(Period period, long count, long decided) {
        assertThat(period.count()).isEqualTo(count);
        assertThat(period.decided()).isEqualTo(decided);
    }

    @Test
    void shouldCompareWindowsOfTheSameLength() throws IOException {
        // given: ten hours after, of which only the ten before count; a note of the very moment is one after
        judged(30, V1, "a", "clinic", -3);
        judged(70, V1, "c", "clinic", -9);
        judged(500, V1, "a", "clinic", -11);
        judged(10, V1, "a", "clinic", 0);
        judged(90, V1, "other", "clinic", 4);

        // when
        RemedyAnswer answer = effect(remedy("a"));

        // then
        assertThat(answer.before().from()).isEqualTo(DEPLOYED.minus(Duration.ofHours(10)));
        assertThat(answer.after().to()).isEqualTo(NOW);
        shouldHold(answer.before(), 30, 100);
        shouldHold(answer.after(), 10, 100);
        assertThat(answer.change()).isEqualTo(ShareChange.of(10, 100, 30, 100));
        assertThat(answer.change().significant()).isTrue();
        assertThat(answer.elsewhere()).isNull();
        assertThat(answer.caution()).isNull();
    }

    @Test
    void shouldHoldTheOtherSourcesBesideIt() throws IOException {
        // given
        judged(30, V1, "a", "clinic", -1);
        judged(70, V1, "c", "clinic", -1);
        judged(5, V1, "a", "clinic", 1);
        judged(95, V1, "c", "clinic", 1);
        judged(20, V1, "a", "ward", -1);
        judged(30, V1, "c", "ward", -1);
        judged(21, V1, "a", "ward", 1);
        judged(29, V1, "c", "ward", 1);

        // when
        RemedyAnswer answer = effect(remedy("a", "clinic"));

        // then
        shouldHold(answer.before(), 30, 100);
        shouldHold(answer.after(), 5, 100);
        shouldHold(answer.elsewhere().before(), 20, 50);
        shouldHold(answer.elsewhere().after(), 21, 50);
        assertThat(answer.elsewhere().change().significant()).isFalse();
    }

    @Test
    void shouldCountUntilItWasTakenBackAndNoLongerThanAsked() throws IOException {
        // given
        judged(40, V1, "a", "clinic", -5);
        judged(10, V1, "a", "clinic", -1);
        judged(7, V1, "c", "clinic", 1);
        judged(50, V1, "a", "clinic", 5);

        // when
        Remedy.Withdrawal end = new Remedy.Withdrawal("Grace", DEPLOYED.plus(Duration.ofHours(2)));
        RemedyAnswer answer = effect(remedy("a").withdrawn(end));

        // then
        shouldHold(answer.before(), 10, 10);
        shouldHold(answer.after(), 0, 7);
        assertThat(effects.of(List.of(remedy("a")), 1, NOW.plus(Duration.ofDays(9)))
                        .getFirst()
                        .after()
                        .to())
                .isEqualTo(DEPLOYED.plus(Duration.ofDays(1)));
    }

    @Test
    void shouldCountAGroupWithAllThatIsBelowItAndReviewsAboveVerdicts() throws IOException {
        // given
        judged(3, V1, "a", "clinic", 1);
        judged(4, V1, "b", "clinic", 1);
        judged(5, V1, "c", "clinic", 1);
        notes.decided(reviewed("n0", V1, "c"), reviewed("n11", V1, "b"), reviewed("n10", V1, "a"));

        // then
        shouldHold(effect(remedy("stage")).after(), 8, 12);
        shouldHold(effect(remedy("a")).after(), 3, 12);
    }

    @Test
    void shouldGoOnThroughATaxonomyChange() throws IOException {
        // given: a and b become x, activated five hours after the deployment; one hour before it is reclassified
        judged(30, V1, "a", "clinic", -1);
        judged(70, V1, "c", "clinic", -1);
        judged(12, V1, "a", "clinic", 1);
        judged(38, V1, "c", "clinic", 1);
        Map<String, String> crosswalk = Map.of("a", "x", "b", "x", "c", "c");
        published.put(V2.toString(), version(V2, V1, DEPLOYED.plus(Duration.ofHours(5)), crosswalk, "x", "c"));
        judged(10, V2, "x", "clinic", 6);
        judged(40, V2, "c", "clinic", 6);

        // when
        RemedyAnswer mixed = effect(remedy("a"));

        // then
        assertThat(mixed.labels()).containsExactly("x");
        shouldHold(mixed.after(), 22, 100);
        assertThat(mixed.after().versions())
                .containsExactly(Map.entry("rag-failures@1", 50L), Map.entry("rag-failures@2", 50L));
        assertThat(mixed.caution()).contains("relabelling");

        // and when the notes of the old version are reclassified, they count once and under the new one
        for (int i = 0; i < 150; i++) {
            boolean isBefore = i < 100;
            Instant seen = DEPLOYED.plus(HOUR.multipliedBy(isBefore ? -1 : 1)).plusSeconds(1);
            boolean isX = isBefore ? i < 40 : i < 115;
            notes.decided(classified(note("n" + i, "clinic", seen, "Text."), V2, isX ? "x" : "c", 1, "r1", List.of()));
        }
        RemedyAnswer same = effect(remedy("a"));
        shouldHold(same.before(), 40, 100);
        shouldHold(same.after(), 25, 100);
        assertThat(same.caution()).isNull();
    }

    @Test
    void shouldSayNothingOfNothing() {
        // when
        RemedyAnswer answer = effect(remedy("a"));

        // then
        assertThat(answer.change()).isNull();
        assertThat(answer.after().share()).isNull();
    }
}
