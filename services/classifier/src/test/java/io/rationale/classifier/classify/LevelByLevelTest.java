package io.rationale.classifier.classify;

import static io.rationale.classifier.Fixtures.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rationale.classifier.Fixtures;
import io.rationale.classifier.metrics.LoopMetrics;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.DecisionSink;
import io.rationale.classifier.work.InFlightLimit;
import io.rationale.classifier.work.NoteTask;
import io.rationale.classifier.work.PartitionWork;
import io.rationale.core.batch.BatchAccumulator;
import io.rationale.core.json.Json;
import io.rationale.core.prompt.PromptRoom;
import io.rationale.core.prompt.TaxonomyLevels;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A taxonomy that one prompt has no room for. */
@Timeout(30)
class LevelByLevelTest {
    private static final Taxonomy SHIPPED = Taxonomies.ragFailures();

    private final List<Decision> decisions = new CopyOnWriteArrayList<>();
    private final InFlightLimit inFlight = new InFlightLimit(() -> 1_000, 1 << 20);
    private final PartitionWork partition = Fixtures.partition();
    private final CountDownLatch released = new CountDownLatch(1);
    private Dispatcher dispatcher;
    private int offset;

    @AfterEach
    void close() throws InterruptedException {
        released.countDown();
        dispatcher.close();
    }

    @Test
    void shouldAskAboutTheGroupAndThenAboutItsLabels() {
        // given: texts are the labels that R1 chooses; the group below which they stand comes first
        start(text -> {});

        // when
        add("over-chunking", "missed-retrieval", "no-error", "other", "under-chunking", "over-chunking");
        dispatcher.dispatch();

        // then: each note once, under a label; notes of the same content share the calls
        await().until(() -> decisions.size() == 6);
        Map<String, List<String>> labels = decisions.stream()
                .map(Decision.Judged.class::cast)
                .collect(Collectors.groupingBy(
                        each -> each.task().note().text(),
                        Collectors.mapping(each -> each.verdict().category(), Collectors.toList())));
        assertThat(labels)
                .allSatisfy((text, categories) -> assertThat(categories).containsOnly(text));
        Decision.Judged deep = judged("over-chunking");
        assertThat(deep.verdict().taxonomy()).isEqualTo(SHIPPED.ref());
        assertThat(deep.verdict().provenance().attempts()).isEqualTo(2);
        assertThat(deep.failures()).as("the exchange of the level above").hasSize(1);
        assertThat(judged("no-error").verdict().provenance().attempts()).isEqualTo(1);
    }

    @Test
    void shouldLeaveToTheNextOwnerWhatOnlyHasAGroupWhenItsPartitionLeaves() throws Exception {
        // given: R1 answers about the group while the partition leaves
        CountDownLatch asked = new CountDownLatch(1);
        start(text -> {
            asked.countDown();
            await().until(() -> released.getCount() == 0);
        });
        add("over-chunking");
        dispatcher.dispatch();
        asked.await();

        // when
        Thread draining = Thread.ofVirtual().start(() -> drain(Duration.ofSeconds(10)));
        await().until(partition::isLeaving);
        released.countDown();
        draining.join();

        // then
        assertThat(decisions).isEmpty();
        assertThat(inFlight.notes()).isZero();
        assertThat(dispatcher.waiting()).isZero();
    }

    private Decision.Judged judged(String text) {
        return decisions.stream()
                .map(Decision.Judged.class::cast)
                .filter(each -> each.task().note().text().equals(text))
                .filter(each -> each.verdict().provenance().sameTextAs() == null)
                .findFirst()
                .orElseThrow();
    }

    private void drain(Duration bound) {
        try {
            dispatcher.drain(List.of(partition), bound);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(String... texts) {
        for (String text : texts) {
            NoteTask task = Fixtures.task(partition, offset, "key", text);
            offset++;
            inFlight.acquire(task.size());
            dispatcher.add(task);
        }
    }

    private void start(java.util.function.Consumer<String> before) {
        TokenBudget budget = new TokenBudget(0, 0);
        ReasoningModel model = request -> answer(request, before);
        Function<Taxonomy, BatchClassifier> making = level -> new BatchClassifier(
                level,
                model,
                new Voting(1, 0, budget, new Random(1)),
                budget,
                NoteTraces.NONE,
                3,
                Duration.ofHours(1),
                CLOCK);
        BatchClassifier top = BatchClassifier.levels(TaxonomyLevels.of(SHIPPED, PromptRoom.ofContext(8_192)), making);
        assertThat(top.hasLevels()).isTrue();
        dispatcher = new Dispatcher(
                instructionTokens -> new BatchAccumulator.Limits(4, 10_000, Duration.ZERO),
                Fixtures.capacity(4),
                top,
                new SharedVerdicts(Duration.ofHours(1), 1 << 20, System::nanoTime),
                budget,
                sink(),
                inFlight,
                new LoopMetrics(new SimpleMeterRegistry()),
                new Random(1),
                CLOCK);
    }

    /** Chooses the text itself where the prompt offers it as a label, else the group that holds it. */
    private static ModelReply answer(ModelRequest request, java.util.function.Consumer<String> before) {
        String prompt = request.prompt().text();
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode verdicts = answer.putArray("verdicts");
        List<String> texts = Fixtures.textsIn(prompt);
        for (int i = 0; i < texts.size(); i++) {
            before.accept(texts.get(i));
            boolean isOffered = prompt.contains("{\"id\":\"" + texts.get(i) + "\"");
            String chosen = isOffered
                    ? texts.get(i)
                    : SHIPPED.category(texts.get(i)).orElseThrow().parent();
            ObjectNode verdict = verdicts.addObject().put("id", "n" + (i + 1)).put("category", chosen);
            verdict.put("rationale", "Because.").put("confidence", "high").putArray("evidence");
        }
        return Fixtures.reply(new ModelOutcome.Complete("I think.", Json.line(answer)));
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
}
