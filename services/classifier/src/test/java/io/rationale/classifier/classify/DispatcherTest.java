package io.rationale.classifier.classify;

import static io.rationale.classifier.Fixtures.NOW;
import static io.rationale.classifier.Fixtures.answerAbout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rationale.classifier.FakeModel;
import io.rationale.classifier.Fixtures;
import io.rationale.classifier.metrics.LoopMetrics;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.DecisionSink;
import io.rationale.classifier.work.InFlightLimit;
import io.rationale.classifier.work.NoteTask;
import io.rationale.classifier.work.PartitionWork;
import io.rationale.core.batch.BatchAccumulator;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.taxonomy.Taxonomies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DispatcherTest {
    private final List<Decision> decisions = new CopyOnWriteArrayList<>();
    private final AtomicBoolean full = new AtomicBoolean();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final CountDownLatch released = new CountDownLatch(1);
    private final InFlightLimit inFlight = new InFlightLimit(() -> 1_000, 1 << 20);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PartitionWork partition = Fixtures.partition();
    private final PartitionWork another = new PartitionWork(new TopicPartition("rationale.notes", 1), null, 0);
    private final TokenBudget budget = new TokenBudget(0.2, 1_000_000);
    private Dispatcher dispatcher;
    private long offset;

    @AfterEach
    void close() throws InterruptedException {
        released.countDown();
        dispatcher.close();
    }

    @Test
    void shouldFillBatchesAndNotLingerWhileR1HasNothingToDo() {
        // given
        FakeModel model = heldBack("a1");
        start(model, 2, 4);

        // when
        add(partition, "a1", "a2", "a3", "a4", "a5");
        dispatcher.dispatch();

        // then: one batch is full, the rest lingers
        await().until(() -> model.asked().equals(List.of(List.of("a1", "a2", "a3", "a4"))));
        assertThat(dispatcher.waiting()).isEqualTo(1);
        now.set(NOW.plusSeconds(1));
        dispatcher.dispatch();
        await().until(() -> model.asked().contains(List.of("a5")));
    }

    @Test
    void shouldAskAtTheSameTimeAboutNotesThatAnAnswerLeftOut() {
        // given
        CountDownLatch both = new CountDownLatch(2);
        FakeModel model = new FakeModel(texts -> {
            if (texts.size() == 1) {
                both.countDown();
                both.await();
            }
            return answerAbout(texts, text -> texts.size() == 1);
        });
        start(model, 2, 4);

        // when
        add(partition, "a1", "a2");
        dispatcher.dispatch();

        // then
        await().until(() -> decisions.size() == 2);
    }

    @Test
    void shouldAskOnceAboutNotesOfTheSameContent() {
        // given
        FakeModel model = heldBack("same");
        start(model, 4, 1);

        // when
        add(partition, "same", "same", "other", "same");
        dispatcher.dispatch();
        await().until(() -> decisions.size() == 1);
        released.countDown();
        await().until(() -> decisions.size() == 4);
        add(another, "same");

        // then
        assertThat(decisions).hasSize(5);
        assertThat(model.askedNotes()).containsExactlyInAnyOrder("same", "other");
    }

    @Test
    void shouldSampleDoubtfulNotesAgainTogetherWithOthers() {
        // given
        FakeModel model = new FakeModel(texts -> doubting(texts, "doubtful"));
        start(model, 1, 3);

        // when
        add(partition, "doubtful", "a1", "a2");
        dispatcher.dispatch();

        // then
        await().until(() -> decisions.size() == 3);
        Decision.Judged last = (Decision.Judged) decisions.getLast();
        assertThat(last.verdict().votes()).containsEntry("no-error", 3);
        assertThat(model.asked()).hasSize(3);
    }

    @Test
    void shouldNotLetTheOthersOfABatchWaitForOneThatR1BroodsOver() {
        // given: it is known what calls usually take
        FakeModel model = heldBack("slow");
        start(model, 16, 4);
        for (int i = 0; i < 4; i++) {
            add(partition, "quick" + i);
            dispatcher.dispatch();
            int decided = i + 1;
            await().until(() -> decisions.size() == decided && dispatcher.running() == 0);
        }

        // when
        add(partition, "b1", "slow", "b2", "b3");
        dispatcher.dispatch();
        await().until(() -> dispatcher.running() == 1);
        now.set(NOW.plusSeconds(20));
        dispatcher.dispatch();

        // then
        await().until(() -> decisions.size() == 7);
        assertThat(dispatcher.running()).isEqualTo(2);
        released.countDown();
        await().until(() -> dispatcher.running() == 0);
        assertThat(decisions).hasSize(8).extracting(Decision::offset).doesNotHaveDuplicates();
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void shouldTellWhenNoCallCanGoOn() {
        // given
        start(
                new FakeModel(texts -> {
                    throw new OutOfMemoryError("for this test");
                }),
                1,
                1);

        // when
        add(partition, "a1");
        dispatcher.dispatch();

        // then: the note is neither decided nor given up
        await().until(() -> dispatcher.failure().isPresent());
        assertThat(decisions).isEmpty();
        assertThat(dispatcher.running()).isZero();
    }

    @Test
    void shouldAskForNothingWhileKafkaTakesNoResults() {
        // given
        FakeModel model = FakeModel.answeringAll();
        start(model, 4, 1);
        full.set(true);

        // when
        add(partition, "a1");
        dispatcher.dispatch();
        int running = dispatcher.running();
        full.set(false);
        dispatcher.dispatch();

        // then
        assertThat(running).isZero();
        await().until(() -> decisions.size() == 1);
    }

    @Test
    void shouldLetRunningCallsEndWhenAPartitionLeavesAndLetGoOfWhatWaits() throws Exception {
        // given
        FakeModel model = heldBack("running");
        start(model, 1, 1);
        add(partition, "running", "waiting");
        add(another, "stays");
        dispatcher.dispatch();
        await().until(() -> model.askedNotes().contains("running"));

        // when
        Thread draining = Thread.ofVirtual().start(() -> drain(partition, Duration.ofSeconds(20)));
        await().until(() -> dispatcher.waiting() == 1);
        released.countDown();
        draining.join();

        // then
        await().until(() -> decisions.size() == 2);
        assertThat(decisions)
                .extracting(each -> each.work().partition().partition())
                .containsExactly(0, 1);
        assertThat(model.askedNotes()).containsExactly("running", "stays");
        assertThat(inFlight.notes()).isEqualTo(2);
    }

    @Test
    void shouldCutOffWhatDoesNotEndInTimeAndSayHowMuch() throws Exception {
        // given
        FakeModel model = heldBack("slow");
        start(model, 2, 2);
        add(partition, "slow", "a1");
        dispatcher.dispatch();
        await().until(() -> model.askedNotes().contains("slow"));

        // when
        Dispatcher.LetGo letGo = dispatcher.drain(List.of(partition), Duration.ofMillis(10));

        // then
        assertThat(letGo).isEqualTo(new Dispatcher.LetGo(1, 2));
        await().until(() -> dispatcher.running() == 0);
        assertThat(decisions).isEmpty();
        assertThat(inFlight.notes()).isZero();
        assertThat(registry.get("rationale.let.go.calls").counter().count()).isEqualTo(1);
    }

    @Test
    void shouldDecideByTheVotesSoFarWhenAPartitionLeaves() throws Exception {
        // given: one vote is given, the next does not come
        FakeModel model = new FakeModel(texts -> {
            if (!decisions.isEmpty()) {
                released.await();
            }
            return doubting(texts, "doubtful");
        });
        start(model, 1, 2);
        add(partition, "a1", "doubtful");
        dispatcher.dispatch();
        await().until(() -> model.asked().size() == 2);

        // when
        dispatcher.drain(List.of(partition), Duration.ofMillis(10));

        // then
        assertThat(decisions).hasSize(2);
        await().until(() -> budget.reserved() == 0);
        assertThat(((Decision.Judged) decisions.getLast()).verdict().votes()).containsEntry("no-error", 1);
    }

    @Test
    void shouldAskAnotherOfTheSameContentWhenTheFirstIsLetGo() {
        // given
        FakeModel model = heldBack("same");
        start(model, 1, 1);
        add(partition, "same");
        add(another, "same");
        dispatcher.dispatch();
        await().until(() -> model.askedNotes().size() == 1);

        // when
        dispatcher.letGo(List.of(partition));
        released.countDown();
        await().until(() -> {
            dispatcher.dispatch();
            return decisions.size() == 1;
        });

        // then
        assertThat(decisions.getFirst().work()).isSameAs(another);
        assertThat(model.askedNotes()).containsExactly("same", "same");
    }

    private void start(FakeModel model, int calls, int notes) {
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        dispatcher = new Dispatcher(
                instructionTokens -> new BatchAccumulator.Limits(notes, 10_000, Duration.ofMillis(100)),
                Fixtures.capacity(calls),
                new BatchClassifier(
                        Taxonomies.ragFailures(),
                        model,
                        new Voting(5, 0, budget, new Random(1)),
                        budget,
                        NoteTraces.NONE,
                        3,
                        Duration.ofHours(1),
                        clock),
                new SharedVerdicts(Duration.ofHours(1), 1 << 20, System::nanoTime),
                budget,
                sink(),
                inFlight,
                new LoopMetrics(registry),
                new Random(1),
                clock);
    }

    private DecisionSink sink() {
        return new DecisionSink() {
            @Override
            public void add(Decision decision) {
                decisions.add(decision);
            }

            @Override
            public boolean isFull() {
                return full.get();
            }
        };
    }

    private void add(PartitionWork work, String... texts) {
        for (String text : texts) {
            NoteTask task = Fixtures.task(work, offset, "key", text);
            offset++;
            inFlight.acquire(task.original().size());
            dispatcher.add(task);
        }
    }

    private void drain(PartitionWork work, Duration bound) {
        try {
            dispatcher.drain(List.of(work), bound);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private FakeModel heldBack(String text) {
        return new FakeModel(texts -> {
            if (texts.contains(text)) {
                released.await();
            }
            return answerAbout(texts, each -> true);
        });
    }

    private static ModelOutcome doubting(List<String> texts, String doubtful) {
        ModelOutcome answer = answerAbout(texts, each -> true);
        Set<Integer> doubted = Set.of(texts.indexOf(doubtful) + 1);
        String content = answer.content();
        for (int each : doubted) {
            content = content.replaceFirst("(\"id\":\"n" + each + "\".*?)\"high\"", "$1\"low\"");
        }
        return new ModelOutcome.Complete(answer.reasoning(), content);
    }
}
