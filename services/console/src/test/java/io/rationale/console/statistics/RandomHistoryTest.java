package io.rationale.console.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.console.Events;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.note.Note;
import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fold against a recount that knows nothing of changes. */
class RandomHistoryTest {
    private static final List<String> CATEGORIES = List.of("other", "no-error", "missed-retrieval");

    @TempDir
    Path stateDir;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldEqualARecountOfTheAudit(long seed) {
        List<AuditEvent> history = history(new Random(seed));

        try (TopologyHarness topology = new TopologyHarness(stateDir)) {
            history.forEach(topology::decide);

            Map<String, Tally> counted = new TreeMap<>();
            topology.counts()
                    .forEach((key, count) -> counted.put(
                            key, new Tally(count.count(), count.usage().total())));
            assertThat(counted).isEqualTo(recount(history));
        }
    }

    private record Tally(long notes, double tokens) {}

    private static List<AuditEvent> history(Random random) {
        List<AuditEvent> history = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            String id = "n" + random.nextInt(40);
            TaxonomyRef taxonomy = random.nextInt(4) == 0 ? Events.V2 : Events.V1;
            String category = CATEGORIES.get(random.nextInt(CATEGORIES.size()));
            Note note = Events.note(
                    id,
                    random.nextInt(8) == 0 ? "helpdesk" : "clinic",
                    Events.TEN.plus(Duration.ofMinutes(random.nextInt(8) == 0 ? 1 : 0)),
                    "Text.");
            history.add(
                    switch (random.nextInt(5)) {
                        case 0 -> Events.unclassifiable(note, taxonomy);
                        case 1 -> Events.reviewed(id, taxonomy, category);
                        default ->
                            Events.classified(note, taxonomy, category, random.nextDouble(), Events.MODEL, List.of());
                    });
        }
        return history;
    }

    private static Map<String, Tally> recount(List<AuditEvent> history) {
        Map<String, Note> notes = new HashMap<>();
        Map<String, Map<TaxonomyRef, List<AuditEvent>>> decisions = new HashMap<>();
        for (AuditEvent event : history) {
            if (event instanceof AuditEvent.Classified c) {
                notes.put(event.noteId(), c.note());
            } else if (event instanceof AuditEvent.Unclassifiable u) {
                notes.put(event.noteId(), u.note());
            }
            decisions
                    .computeIfAbsent(event.noteId(), id -> new HashMap<>())
                    .computeIfAbsent(taxonomyOf(event), t -> new ArrayList<>())
                    .add(event);
        }
        Map<String, Tally> counts = new TreeMap<>();
        notes.forEach((id, note) -> decisions.get(id).forEach((taxonomy, events) -> {
            var bucket = note.observedAt().truncatedTo(ChronoUnit.MINUTES);
            String key = new CountKey(taxonomy, bucket, categoryOf(events), note.source()).json();
            double tokens = events.stream().mapToDouble(e -> usageOf(e).total()).sum();
            counts.merge(key, new Tally(1, tokens), (a, b) -> new Tally(a.notes + b.notes, a.tokens + b.tokens));
        }));
        return counts;
    }

    private static TaxonomyRef taxonomyOf(AuditEvent event) {
        return switch (event) {
            case AuditEvent.Classified c -> c.verdict().taxonomy();
            case AuditEvent.Unclassifiable u -> u.taxonomy();
            case AuditEvent.Reviewed r -> r.taxonomy();
        };
    }

    private static Usage usageOf(AuditEvent event) {
        return event instanceof AuditEvent.Reviewed ? Usage.NONE : Events.USAGE;
    }

    /** The latest review, else the latest verdict, else null. */
    private static String categoryOf(List<AuditEvent> events) {
        String review = null;
        String verdict = null;
        for (AuditEvent event : events) {
            if (event instanceof AuditEvent.Reviewed r) {
                review = r.newCategory();
            } else if (event instanceof AuditEvent.Classified c) {
                verdict = c.verdict().category();
            }
        }
        return review != null ? review : verdict;
    }
}
