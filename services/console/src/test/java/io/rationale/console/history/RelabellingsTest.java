package io.rationale.console.history;

import static io.rationale.console.Events.TEN;
import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.V2;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static io.rationale.console.Events.reviewed;
import static io.rationale.console.Events.unclassifiable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rationale.console.api.ProblemException;
import io.rationale.console.search.IndexHarness;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.statistics.TableQuery;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.note.Note;
import io.rationale.core.statistics.Relabelling;
import io.rationale.core.statistics.ShareChange;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelabellingsTest {
    private static final Instant ACTIVATED = TEN.plus(Duration.ofDays(3)).plusMillis(17);
    private static final Instant NOW = TEN.plus(Duration.ofDays(9));
    private static final Taxonomy OLD = version(V1, null, null, Map.of(), "a", "b", "c");
    private static final Taxonomy NEW = version(
            V2, V1, new Taxonomy.Activation("Ada", ACTIVATED), Map.of("a", "x", "b", "x", "c", "c"), "x", "c", "d");

    @TempDir
    Path directory;

    private IndexHarness notes;
    private Relabellings relabellings;

    @BeforeEach
    void open() throws IOException {
        notes = new IndexHarness(directory);
        Map<String, Taxonomy> published = Map.of(V1.toString(), OLD, V2.toString(), NEW);
        relabellings = new Relabellings(
                new NoteSearch(notes.index, () -> true, () -> 1), new KnownTaxonomies(OLD, () -> published));
    }

    @AfterEach
    void close() {
        notes.close();
    }

    private static Taxonomy version(
            TaxonomyRef ref,
            TaxonomyRef basedOn,
            Taxonomy.Activation activation,
            Map<String, String> crosswalk,
            String... ids) {
        List<Category> categories = Stream.concat(Stream.of(ids), Stream.of("no-error", "other"))
                .map(id -> new Category(id, null, id, "It is.", null, null, null, null))
                .toList();
        return new Taxonomy(
                ref.id(), ref.version(), null, Taxonomy.Status.ACTIVE, categories, crosswalk, basedOn, activation);
    }

    /** What an independent reader of the audit keeps of one note. */
    private static final class Seen {
        private Note note;
        private final Map<TaxonomyRef, String> verdicts = new HashMap<>();
        private final Map<TaxonomyRef, String> reviews = new HashMap<>();

        String label(TaxonomyRef version) {
            return reviews.getOrDefault(version, verdicts.get(version));
        }
    }

    private final Map<String, Seen> recount = new HashMap<>();

    private AuditEvent keep(AuditEvent event) {
        Seen seen = recount.computeIfAbsent(event.noteId(), any -> new Seen());
        switch (event) {
            case AuditEvent.Classified each -> {
                seen.note = each.note();
                seen.verdicts.put(each.taxonomyRef(), each.verdict().category());
            }
            case AuditEvent.Unclassifiable each -> seen.note = each.note();
            case AuditEvent.Reviewed each -> seen.reviews.put(each.taxonomy(), each.newCategory());
            case AuditEvent.Erased each -> {}
        }
        return event;
    }

    private long count(Predicate<Seen> wanted) {
        return recount.values().stream()
                .filter(seen -> seen.note != null)
                .filter(wanted)
                .count();
    }

    private AuditEvent random(Random random) {
        String id = "n" + random.nextInt(900);
        TaxonomyRef version = random.nextBoolean() ? V1 : V2;
        List<String> labels = List.copyOf((version == V1 ? OLD : NEW).labels().keySet());
        String label = labels.get(random.nextInt(labels.size()));
        int hours = Math.floorMod(id.hashCode(), 6 * 24);
        Note note = note(id, id.hashCode() % 3 == 0 ? "ward" : "clinic", TEN.plus(Duration.ofHours(hours)), "Text.");
        return switch (random.nextInt(10)) {
            case 0 -> unclassifiable(note, version);
            case 1 -> reviewed(id, version, label);
            default -> classified(note, version, label, 1, "r1", List.of());
        };
    }

    @Test
    void shouldCountWhatAnIndependentRecountComesTo() throws IOException {
        // given: verdicts again and again, failures, reviews before and after verdicts, in several segments of the
        // index
        Random random = new Random(11);
        for (int part = 0; part < 8; part++) {
            List<AuditEvent> events = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                events.add(keep(random(random)));
            }
            notes.decided(events.toArray(AuditEvent[]::new));
        }

        for (Set<String> sources : List.of(Set.<String>of(), Set.of("ward"))) {
            for (Instant since : Stream.of(null, TEN.plus(Duration.ofDays(1)).minusSeconds(30))
                    .toList()) {
                // when
                TableQuery query = TableQuery.range(since, NOW, sources, NOW);
                Relabelling counted = relabellings.of(query, V1, V2);

                // then
                Predicate<Seen> asked = seen -> query.covers(seen.note.source(), seen.note.observedAt());
                Predicate<Seen> old = asked.and(seen -> seen.label(V1) != null);
                Predicate<Seen> now = asked.and(seen -> seen.label(V2) != null);
                Predicate<Seen> after = seen -> !seen.note.observedAt().isBefore(ACTIVATED);
                assertThat(counted.overlap()).isEqualTo(count(old.and(now))).isGreaterThan(50);
                assertThat(counted.onlyFrom()).isEqualTo(count(old.and(now.negate())));
                assertThat(counted.onlyTo()).isEqualTo(count(now.and(old.negate())));
                assertThat(counted.periods().after()).isEqualTo(count(now.and(after)));
                assertThat(counted.periods().overlap())
                        .isEqualTo(count(old.and(now).and(after.negate())));
                Instant first = recount.values().stream()
                        .filter(seen -> seen.note != null)
                        .filter(old.and(now).and(after.negate()))
                        .map(seen -> seen.note.observedAt())
                        .min(Instant::compareTo)
                        .orElseThrow();
                assertThat(counted.periods().since()).isEqualTo(first);
                assertThat(counted.periods().judged())
                        .isEqualTo(count(old.and(after.negate())
                                .and(seen -> !seen.note.observedAt().isBefore(first))));
                shouldHaveTheTableOf(counted, old.and(now));
            }
        }
    }

    private void shouldHaveTheTableOf(Relabelling counted, Predicate<Seen> overlap) {
        Map<String, Long> table = new HashMap<>();
        counted.table().forEach(cell -> table.put(cell.from() + ">" + cell.to(), cell.count()));
        Map<String, Long> expected = new HashMap<>();
        recount.values().stream()
                .filter(seen -> seen.note != null)
                .filter(overlap)
                .forEach(seen -> expected.merge(seen.label(V1) + ">" + seen.label(V2), 1L, Long::sum));
        assertThat(table).isEqualTo(expected);
        counted.categories().forEach(each -> {
            assertThat(each.counted().to())
                    .isEqualTo(count(overlap.and(seen -> Objects.equals(seen.label(V2), each.category()))));
            assertThat(each.counted().from())
                    .isEqualTo(count(overlap.and(seen -> each.predecessors().contains(seen.label(V1)))));
        });
    }

    @Test
    void shouldTellARelabellingFromAChange() throws IOException {
        // given: 60 notes of x either way, 40 of c of which 20 become d; afterwards d is twice as frequent
        for (int i = 0; i < 100; i++) {
            String old = i < 30 ? "a" : i < 60 ? "b" : "c";
            String now = i < 60 ? "x" : i < 80 ? "c" : "d";
            Note note = note("n" + i, "clinic", TEN.plusSeconds(i), "Text.");
            notes.decided(classified(note, V1, old, 1, "r1", List.of()), classified(note, V2, now, 1, "r1", List.of()));
        }
        for (int i = 0; i < 100; i++) {
            Note note = note("m" + i, "clinic", ACTIVATED.plusSeconds(i), "Text.");
            notes.decided(classified(note, V2, i < 40 ? "x" : i < 60 ? "c" : "d", 1, "r1", List.of()));
        }

        // when
        Relabelling counted = relabellings.of(TableQuery.all(NOW), null, null);

        // then
        assertThat(counted.from()).isEqualTo(V1);
        assertThat(counted.to()).isEqualTo(V2);
        assertThat(counted.agreed()).isEqualTo(80);
        Relabelling.Change c = change(counted, "c");
        assertThat(c.relabelled().difference()).isEqualTo(-0.2);
        assertThat(c.relabelled().significant()).isTrue();
        assertThat(c.real()).isEqualTo(ShareChange.of(20, 100, 20, 100));
        assertThat(c.total().significant()).isTrue();
        Relabelling.Change d = change(counted, "d");
        assertThat(d.relabelled().difference()).isEqualTo(0.2);
        assertThat(d.real()).isEqualTo(ShareChange.of(40, 100, 20, 100));
    }

    private static Relabelling.Change change(Relabelling counted, String category) {
        return counted.categories().stream()
                .filter(each -> each.category().equals(category))
                .findFirst()
                .orElseThrow()
                .change();
    }

    @Test
    void shouldRefuseAVersionThatNobodyKnows() {
        TableQuery all = TableQuery.all(NOW);
        TaxonomyRef unknown = new TaxonomyRef("rag-failures", 9);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> relabellings.of(all, unknown, V2))
                .withMessage("No taxonomy rag-failures@9 is defined.");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> relabellings.of(all, null, V1))
                .withMessageContaining("comes from no other version");
    }
}
