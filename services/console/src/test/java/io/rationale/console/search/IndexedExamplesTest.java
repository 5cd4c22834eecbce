package io.rationale.console.search;

import static io.rationale.console.Events.MODEL;
import static io.rationale.console.Events.TEN;
import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.evidence;
import static io.rationale.console.Events.note;
import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.console.statistics.TableQuery;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.note.Note;
import io.rationale.core.statistics.CategoryTable.Example;
import io.rationale.core.statistics.Window;
import io.rationale.core.verdict.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexedExamplesTest {
    @TempDir
    Path directory;

    private static AuditEvent says(String id, double agreement, String text) {
        Note note = note(id, "clinic", TEN, text);
        return classified(note, V1, "other", agreement, MODEL, evidence(note, text));
    }

    private List<Example> examples(int wanted, int searched, TableQuery query, AuditEvent... events)
            throws IOException {
        try (IndexHarness notes = new IndexHarness(Files.createTempDirectory(directory, "index"))) {
            notes.decided(events);
            return new IndexedExamples(new NoteSearch(notes.index, () -> true, () -> 1.0), wanted, searched)
                    .of(V1, "other", query);
        }
    }

    private List<String> ids(int wanted, AuditEvent... events) throws IOException {
        return examples(wanted, 100, TableQuery.all(TEN), events).stream()
                .map(Example::noteId)
                .toList();
    }

    @Test
    void shouldPreferAgreementAndSayNothingTwice() throws IOException {
        assertThat(ids(
                        3,
                        says("d", 0.5, "The table was cut in half."),
                        says("c", 1, "Nothing was found."),
                        says("b", 1, " NOTHING  was found. "),
                        says("a", 0.9, "The answer names another drug.")))
                .containsExactly("b", "a", "d");
    }

    @Test
    void shouldPassOverQuotesWithTheSameWordsUnlessTooFewAreLeft() throws IOException {
        AuditEvent[] alike = {
            says("a", 1, "The search found nothing about ibuprofen."),
            says("b", 1, "The search found nothing about aspirin."),
            says("c", 1, "The search found nothing about warfarin."),
            says("d", 0.2, "A footnote was read as a dose."),
        };

        assertThat(ids(2, alike)).containsExactly("a", "d");
        assertThat(ids(3, alike)).containsExactly("a", "b", "d");
        assertThat(ids(5, alike)).containsExactly("a", "b", "c", "d");
        assertThat(ids(0, alike)).isEmpty();
    }

    @Test
    void shouldTakeOnlyQuotesThatStandInTheNote() throws IOException {
        Note note = note("a", "clinic", TEN, "What the note says.");
        List<Evidence> forged = List.of(new Evidence("text", "What nobody says.", 0, 17));
        List<Evidence> second = List.of(forged.getFirst(), new Evidence("text", "the note says", 5, 18));

        assertThat(ids(3, classified(note, V1, "other", 1, MODEL, forged))).isEmpty();
        assertThat(examples(3, 100, TableQuery.all(TEN), classified(note, V1, "other", 1, MODEL, second)))
                .extracting(Example::quote)
                .containsExactly("the note says");
    }

    @Test
    void shouldStayWithinTheQuery() throws IOException {
        TableQuery hour = new TableQuery(Window.LAST_HOUR, Set.of("clinic"), TEN);
        Note late = note("late", "clinic", TEN, "Seen now.");
        Note early = note("early", "clinic", TEN.minusSeconds(3_600), "Seen an hour ago.");
        Note other = note("other", "app", TEN, "Seen elsewhere.");

        assertThat(examples(
                        3,
                        100,
                        hour,
                        classified(late, V1, "other"),
                        classified(early, V1, "other"),
                        classified(other, V1, "other")))
                .extracting(Example::noteId)
                .containsExactly("late");
    }

    @Test
    void shouldLookAtTheBestOnly() throws IOException {
        AuditEvent[] many = new AuditEvent[60];
        Arrays.setAll(many, i -> says("n" + (10 + i), 1, "The search found nothing about drug " + i));
        many[59] = says("z", 0.1, "A footnote was read as a dose.");

        assertThat(examples(2, 100, TableQuery.all(TEN), many))
                .extracting(Example::noteId)
                .containsExactly("n10", "z");
        assertThat(examples(2, 59, TableQuery.all(TEN), many))
                .extracting(Example::noteId)
                .containsExactly("n10", "n11");
    }

    @Test
    void shouldNotDependOnTheOrderOfComing() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] words = {"dose", "table", "search", "answer", "drug", "nothing", "wrong", "missing", "cut", "old"};
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            for (int w = 0; w < 4; w++) {
                text.append(words[random.nextInt(words.length)]).append(' ');
            }
            events.add(says("n" + i, random.nextInt(4) / 3.0, text.toString().strip()));
        }
        TableQuery all = TableQuery.all(Instant.now());
        List<Example> first = examples(4, 150, all, events.toArray(AuditEvent[]::new));

        for (int i = 0; i < 3; i++) {
            Collections.shuffle(events, random);
            assertThat(examples(4, 150, all, events.toArray(AuditEvent[]::new)))
                    .as("seed %d", seed)
                    .isEqualTo(first);
        }
    }
}
