package io.rationale.classifier.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.rationale.classifier.Fixtures;
import io.rationale.classifier.metrics.LoopMetrics;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.DecisionSink;
import io.rationale.classifier.work.Envelope;
import io.rationale.classifier.work.InFlightLimit;
import io.rationale.classifier.work.NoteTask;
import io.rationale.classifier.work.PartitionWork;
import io.rationale.core.batch.BatchAccumulator;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Injected notes among honest ones, before a model that obeys them. */
class InjectionTest {
    private static final Path CORPUS = Path.of("../core/src/test/resources/injection/notes.jsonl");
    private static final List<String> LABELS =
            List.of("missing-content", "fabricated-content", "wrong-format", "missed-retrieval");

    private final List<Decision> decisions = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PartitionWork partition = Fixtures.partition();
    /** By their ids. */
    private final Map<String, JsonNode> injected = new LinkedHashMap<>();

    private final Map<String, JsonNode> orders = new LinkedHashMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final List<NoteTask> tasks = new ArrayList<>();
    private ObedientModel model;

    @BeforeEach
    void mixHonestNotesWithInjectedOnes() throws IOException {
        for (String line : Files.readAllLines(CORPUS)) {
            JsonNode each = Json.mapper().readTree(line);
            honest();
            Note note = note(each);
            injected.put(note.id(), each);
            orders.put(words(each), each);
            task(note);
            honest();
        }
        model = new ObedientModel(orders, labels);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 16})
    void shouldLetNoNoteSpeakForAnother(int batch) throws Exception {
        // when
        dispatch(batch);

        // then
        assertThat(model.taken()).isEmpty();
        assertThat(decisions).hasSameSizeAs(tasks);
        assertThat(decisions).allSatisfy(each -> {
            if (!injected.containsKey(noteOf(each).id())) {
                Verdict verdict = ((Decision.Judged) each).verdict();
                assertThat(verdict.category()).isEqualTo(labels.get(noteOf(each).text()));
                assertThat(verdict.checks().injected()).isFalse();
            }
        });
    }

    @Test
    void shouldShowThatANoteMayHaveAskedForItsLabel() throws Exception {
        // when
        dispatch(8);

        // then
        List<Decision.Judged> asked = decisions.stream()
                .filter(Decision.Judged.class::isInstance)
                .map(Decision.Judged.class::cast)
                .filter(each -> injected.containsKey(each.task().note().id()))
                .toList();
        assertThat(asked).hasSizeGreaterThan(60).allSatisfy(each -> {
            JsonNode order = injected.get(each.task().note().id());
            assertThat(each.verdict().checks().injected())
                    .as(order.path("name").asText())
                    .isTrue();
            assertThat(each.verdict().category())
                    .isEqualTo(order.path("self").asText(each.verdict().category()));
            assertThat(each.verdict().evidence())
                    .allMatch(quote -> each.task().note().text().contains(quote.quote()));
        });
    }

    @Test
    void shouldStillFillBatchesWithTheOthersAndCountTheSuspected() throws Exception {
        // when
        dispatch(8);

        // then
        assertThat(model.sizes()).contains(8);
        assertThat(registry.counter("rationale.notes.suspected").count()).isEqualTo(injected.size());
        assertThat(registry.counter("rationale.control.tokens").count()).isGreaterThan(3_000);
    }

    @Test
    void shouldObeyWhereNotesShareAPrompt() throws Exception {
        // given: nobody separates the notes
        List<Decision> together = new ArrayList<>();

        // when
        new OneByOne(Taxonomies.ragFailures(), model, 3, Fixtures.CLOCK).classify(tasks.subList(0, 6), together::add);

        // then: the model of this test does harm where it can
        assertThat(together).anySatisfy(each -> assertThat(
                        ((Decision.Judged) each).verdict().category())
                .isNotEqualTo(labels.getOrDefault(noteOf(each).text(), "no-error")));
    }

    private void dispatch(int batch) throws Exception {
        TokenBudget budget = new TokenBudget(0.2, 1_000_000);
        InFlightLimit inFlight = new InFlightLimit(() -> 10_000, 1 << 28);
        Dispatcher dispatcher = new Dispatcher(
                tokens -> new BatchAccumulator.Limits(batch, 100_000, Duration.ZERO),
                Fixtures.capacity(4),
                new BatchClassifier(
                        Taxonomies.ragFailures(),
                        model,
                        new Voting(5, 0, budget, new Random(1)),
                        budget,
                        NoteTraces.NONE,
                        3,
                        Duration.ofHours(1),
                        Fixtures.CLOCK),
                new SharedVerdicts(Duration.ZERO, 0, System::nanoTime),
                budget,
                sink(),
                inFlight,
                new LoopMetrics(registry),
                new Random(2),
                Fixtures.CLOCK);
        for (NoteTask task : tasks) {
            inFlight.acquire(task.size());
            dispatcher.add(task);
        }
        dispatcher.dispatch();
        await().atMost(Duration.ofSeconds(60)).until(() -> decisions.size() >= tasks.size());
        dispatcher.close();
    }

    private DecisionSink sink() {
        return new DecisionSink() {
            @Override
            public void add(Decision decision) {
                decisions.add(decision);
            }

            @Override
            public boolean isFull() {
                return false;
            }
        };
    }

    private void honest() {
        String text = "Report %d: the table on page %d is missing.".formatted(tasks.size(), tasks.size() % 7);
        labels.put(text, LABELS.get(tasks.size() % LABELS.size()));
        task(Note.of("note-" + tasks.size(), "test", text));
    }

    private void task(Note note) {
        long offset = tasks.size();
        partition.accept(offset);
        tasks.add(new NoteTask(
                partition,
                offset,
                Fixtures.NOW,
                new Envelope(Bytes.utf8("key"), List.of()),
                Bytes.utf8("{}"),
                note,
                Span.getInvalid()));
    }

    private Note note(JsonNode line) {
        String words = line.path("injected").asText(null);
        String field = line.path("field").asText();
        return new Note(
                "note-" + tasks.size(),
                "The table is cut in two. ".repeat(line.path("padding").asInt() / 25)
                        + line.path("text").asText(),
                "corpus",
                null,
                field.equals("question") ? words : null,
                field.equals("answer") ? words : null,
                field.equals("expected") ? words : null,
                field.equals("context") ? List.of(new Context("c", 1, null, words)) : List.of(),
                null,
                null);
    }

    /** As they stand in JSON, without its quotes. */
    private static String words(JsonNode line) {
        String words = line.path(line.has("injected") ? "injected" : "text").toString();
        return words.substring(1, words.length() - 1);
    }

    private static Note noteOf(Decision decision) {
        return ((Decision.AboutNote) decision).task().note();
    }
}
