package io.rationale.console.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.console.Events;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.statistics.CategoryTable;
import io.rationale.core.statistics.CrossTable;
import io.rationale.core.statistics.Window;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fold against a recount that knows nothing of changes, buckets and partial counts. */
class RandomHistoryTest {
    private static final List<String> CATEGORIES = List.of("other", "no-error", "missed-retrieval", "own-words");
    private static final List<TaxonomyRef> VERSIONS = List.of(Events.V1, Events.V2);
    private static final List<String> TENANTS = List.of("a", "b");
    private static final int EVENTS = 400;

    @TempDir
    Path first;

    @TempDir
    Path second;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldEqualARecountOfTheAudit(long seed) {
        Random random = new Random(seed);
        List<AuditEvent> history = new ArrayList<>();
        List<String> tables;
        Instant end;

        try (TopologyHarness topology = new TopologyHarness(first, TopologyHarness.NOON, Set.of("tenant"))) {
            for (int i = 0; i < EVENTS; i++) {
                AuditEvent event = event(random, topology.now());
                history.add(event);
                topology.decide(event);
                if (random.nextInt(25) == 0) {
                    topology.pass(Duration.ofMinutes((long) Math.pow(10, random.nextDouble() * 5)));
                    shouldEqual(topology, new Recount(history));
                }
            }
            shouldEqual(topology, new Recount(history));
            end = topology.now();
            tables = tables(topology, end);
        }

        try (TopologyHarness again = new TopologyHarness(second, end, Set.of("tenant"))) {
            history.forEach(again::decide);

            assertThat(tables(again, end)).isEqualTo(tables);
        }
    }

    private static AuditEvent event(Random random, Instant now) {
        String id = "n" + random.nextInt(60);
        TaxonomyRef taxonomy = VERSIONS.get(random.nextInt(4) == 0 ? 1 : 0);
        String category = CATEGORIES.get(random.nextInt(CATEGORIES.size()));
        long minutesAgo = (long) Math.pow(10, random.nextDouble() * 5.9) - 100;
        Note note = new Note(
                id,
                "Text.",
                random.nextInt(4) == 0 ? "helpdesk" : "clinic",
                now.minus(Duration.ofMinutes(minutesAgo)),
                null,
                null,
                null,
                List.of(),
                random.nextInt(3) == 0 ? Map.of() : Map.of("tenant", TENANTS.get(random.nextInt(2)), "other", "x"),
                null);
        return switch (random.nextInt(5)) {
            case 0 -> Events.unclassifiable(note, taxonomy);
            case 1 -> Events.reviewed(id, taxonomy, category);
            default -> Events.classified(note, taxonomy, category, random.nextDouble(), Events.MODEL, List.of());
        };
    }

    private static void shouldEqual(TopologyHarness topology, Recount recount) {
        topology.written();
        Instant now = topology.now();
        for (TaxonomyRef version : VERSIONS) {
            for (TableQuery query : queries(now)) {
                CategoryTable table = topology.tables.table(query.under(version));
                Predicate<Note> time = Recount.within(table.from(), table.to());

                shouldEqual(table, recount.of(version, note -> time.test(note) && query.covers(note.source())));
                shouldEqual(topology.tables.cross(query.under(version), "tenant"), recount, version, query);
            }
        }
    }

    private static List<TableQuery> queries(Instant now) {
        List<TableQuery> queries = new ArrayList<>();
        for (Window window : Window.values()) {
            queries.add(new TableQuery(window, Set.of(), now));
            queries.add(new TableQuery(window, Set.of("helpdesk"), now));
        }
        queries.add(TableQuery.range(
                now.minus(Duration.ofMinutes(150_123)), now.minus(Duration.ofMinutes(77)), Set.of(), now));
        queries.add(TableQuery.range(null, now.minus(Duration.ofDays(3)), Set.of(), now));
        return queries;
    }

    private static void shouldEqual(CategoryTable table, Recount.Result expected) {
        Map<String, Long> notes = new TreeMap<>();
        table.rows().forEach(row -> notes.put(row.category(), row.count()));
        if (table.undecided() > 0) {
            notes.put("", table.undecided());
        }
        assertThat(notes).as("%s", table).isEqualTo(expected.notes());
        assertThat(table.unjudged()).isEqualTo(expected.unjudged());
        assertThat(table.usage().total())
                .isEqualTo(expected.tokens().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum());
    }

    private static void shouldEqual(CrossTable table, Recount recount, TaxonomyRef version, TableQuery query) {
        Predicate<Note> time = Recount.within(table.from(), table.to());
        for (int i = 0; i < table.columns().size(); i++) {
            CrossTable.Column column = table.columns().get(i);
            int at = i;
            Map<String, Long> notes = new TreeMap<>();
            table.rows()
                    .forEach(
                            row -> notes.put(row.category(), row.cells().get(at).count()));
            notes.values().removeIf(count -> count == 0);
            if (column.undecided() > 0) {
                notes.put("", column.undecided());
            }
            Recount.Result expected = recount.of(
                    version,
                    note -> time.test(note)
                            && query.covers(note.source())
                            && java.util.Objects.equals(note.labels().get("tenant"), column.value()));
            assertThat(notes).isEqualTo(expected.notes());
        }
    }

    /** Each table, byte for byte. */
    private static List<String> tables(TopologyHarness topology, Instant now) {
        topology.written();
        return VERSIONS.stream()
                .flatMap(version -> Arrays.stream(Window.values())
                        .map(window -> new TableQuery(window, Set.of(), now).under(version)))
                .map(query -> Json.line(topology.tables.table(query)))
                .toList();
    }
}
