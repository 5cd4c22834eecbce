package io.rationale.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rationale.classifier.intake.ClassifierLoop;
import io.rationale.classifier.intake.ReclassificationLoop;
import io.rationale.classifier.r1.R1Capacity;
import io.rationale.classifier.r1.SpareSlots;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.CloudEvents;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.reclassification.ReclassificationJob;
import io.rationale.core.reclassification.ReclassificationJob.State;
import io.rationale.core.reclassification.ReclassificationNote;
import io.rationale.core.reclassification.ReclassificationRequest;
import io.rationale.core.reclassification.ReclassificationSelection;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.topic.Topics;
import io.rationale.core.verdict.Verdict;
import io.rationale.kafka.EmbeddedKafka;
import io.rationale.topics.TaxonomyRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Notes are judged again, as a console asks for it, on a real broker. */
@Timeout(120)
class ReclassificationLoopTest {
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final Instant SEEN = Instant.parse("2026-03-01T08:00:00Z");

    @TempDir
    static Path dataDir;

    private static EmbeddedKafka broker;

    private final List<AutoCloseable> loops = new ArrayList<>();
    private final Semaphore released = new Semaphore(0);
    private final ConcurrentLinkedQueue<Integer> asked = new ConcurrentLinkedQueue<>();
    private String prefix;

    @AutoClose
    private KafkaFixture kafka;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(dataDir, 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics() {
        prefix = "j" + TESTS.incrementAndGet() + ".";
        broker.createTopics(new Topics(prefix).specs(3));
        kafka = new KafkaFixture(broker.bootstrapServers(), new Topics(prefix));
        publish(VersionedModel.taxonomy(2).with(Taxonomy.Status.PROPOSED));
        publish(VersionedModel.taxonomy(3).with(Taxonomy.Status.PROPOSED));
    }

    @AfterEach
    void stopLoops() throws Exception {
        released.release(1_000_000);
        for (AutoCloseable loop : loops) {
            loop.close();
        }
    }

    @Test
    void shouldJudgeUnderTheVersionOfTheJobAndSaySo() {
        // given
        tell("job", 2, State.RUNNING);
        enqueue("job", 2, "a", "b", "the same", "doubt");

        // when
        start("one", freely());

        // then
        within(20).untilAsserted(() -> kafka.requireEachOnce(List.of("a", "b", "the same", "doubt")));
        assertThat(verdicts()).allSatisfy(verdict -> {
            assertThat(verdict.taxonomy()).isEqualTo(VersionedModel.ref(2));
            assertThat(verdict.category()).isEqualTo(VersionedModel.label(2));
            assertThat(verdict.provenance().reclassification()).isEqualTo("job");
        });
        assertThat(kafka.read(kafka.topics().audit()))
                .allSatisfy(record ->
                        assertThat(header(record, CloudEvents.RECLASSIFICATION)).isEqualTo("job"));
        assertThat(kafka.audit())
                .map(AuditEvent.Classified.class::cast)
                .allSatisfy(event -> assertThat(event.position().timestamp()).isEqualTo(SEEN));
    }

    @Test
    void shouldNotTakeAHeaderOfANewNoteForAJob() {
        // given
        ProducerRecord<byte[], byte[]> note = new ProducerRecord<>(
                kafka.topics().notes(), bytes("n"), Json.bytes(Map.of("id", "n", "text", "n", "source", "test")));
        note.headers().add(CloudEvents.RECLASSIFICATION, bytes("job"));
        kafka.send(note);

        // when
        live("one", freely());

        // then
        within(20).untilAsserted(() -> kafka.requireEachOnce(List.of("n")));
        assertThat(verdicts().getFirst().provenance().reclassification()).isNull();
    }

    @Test
    void shouldJudgeEachOnceWhileClassifiersComeAndGo() throws Exception {
        // given
        Random random = new Random(5);
        VersionedModel model = new VersionedModel((version, texts) -> TimeUnit.MILLISECONDS.sleep(random.nextInt(100)));
        List<String> ids = IntStream.range(0, 400)
                .mapToObj(i -> i % 7 == 0 ? "doubt " + i : i % 11 == 0 ? "again " + i : "text " + i)
                .toList();
        tell("first", 2, State.RUNNING);
        enqueue("first", 2, ids.toArray(String[]::new));
        start("one", model);
        start("two", model);

        // when
        within(30).until(() -> kafka.decided().size() > 50);
        loops.removeFirst().close();
        start("three", model);
        within(30).until(() -> kafka.decided().size() > 200);
        loops.removeFirst().close();

        // then
        within(60).untilAsserted(() -> assertThat(kafka.decided()).hasSizeGreaterThanOrEqualTo(ids.size()));
        kafka.requireEachOnce(ids);
        assertThat(verdicts()).allMatch(each -> each.taxonomy().equals(VersionedModel.ref(2)));
    }

    @Test
    void shouldBeginNoCallWhilePausedAndGoOnAfterwards() {
        // given
        tell("job", 2, State.RUNNING);
        enqueue("job", 2, KafkaFixture.texts("n", 40).toArray(String[]::new));
        start("one", onRelease());
        within(20).until(() -> asked.size() == 2);

        // when
        tell("job", 2, State.PAUSED);
        within(5).until(() -> pausedSoon());
        released.release(1_000);

        // then
        within(20).untilAsserted(() -> assertThat(kafka.decided()).hasSize(4));
        await().during(Duration.ofMillis(800)).atMost(Duration.ofSeconds(3)).until(() -> asked.size() == 2);

        // when
        tell("job", 2, State.RUNNING);

        // then
        within(20).untilAsserted(() -> kafka.requireEachOnce(KafkaFixture.texts("n", 40)));
    }

    @Test
    void shouldSkipWhatIsLeftOfAJobThatIsCancelledAndGoOnWithTheNext() {
        // given
        tell("job", 2, State.RUNNING);
        enqueue("job", 2, KafkaFixture.texts("n", 40).toArray(String[]::new));
        ReclassificationLoop loop = start("one", onRelease());
        within(20).until(() -> asked.size() == 2);

        // when
        tell("job", 2, State.CANCELLING);
        within(10).until(() -> loop.state().waiting() == 0);
        released.release(1_000);
        within(20).until(() -> loop.state().inFlight() == 0 && loop.state().lag() == 0);
        tell("next", 3, State.RUNNING);
        enqueue("next", 3, "other");

        // then
        within(20).untilAsserted(() -> assertThat(kafka.decided()).contains("other"));
        assertThat(verdicts().stream().map(Verdict::taxonomy))
                .containsExactlyInAnyOrder(
                        VersionedModel.ref(2),
                        VersionedModel.ref(2),
                        VersionedModel.ref(2),
                        VersionedModel.ref(2),
                        VersionedModel.ref(3));
        assertThat(kafka.read(kafka.topics().deadLetters())).isEmpty();
    }

    @Test
    void shouldWaitForTheJobAndForItsTaxonomy() {
        // given
        enqueue("job", 4, "a");
        ReclassificationLoop loop = start("one", freely());
        within(20).until(() -> loop.state().lag() == 1);

        // when
        tell("job", 4, State.RUNNING);
        publish(VersionedModel.taxonomy(4));

        // then
        within(20).untilAsserted(() -> kafka.requireEachOnce(List.of("a")));
        assertThat(verdicts().getFirst().taxonomy()).isEqualTo(VersionedModel.ref(4));
    }

    @Test
    void shouldLetNewNotesGoFirst() {
        // given: everything but one slot is taken by calls about notes that are judged again
        tell("job", 2, State.RUNNING);
        enqueue("job", 2, KafkaFixture.texts("n", 60).toArray(String[]::new));
        VersionedModel model = new VersionedModel((version, texts) -> {
            asked.add(version);
            if (version == 2) {
                released.acquire();
            }
        });
        ClassifierLoop live = live("one", model);
        start("one", model, new SpareSlots(() -> 3, live::running, live::waiting, Clock.systemUTC()));
        within(20).until(() -> asked.size() == 2);

        // when
        kafka.send(List.of("new"));

        // then
        within(20).untilAsserted(() -> kafka.requireEachOnce(List.of("new")));
        assertThat(verdicts().getFirst().taxonomy()).isEqualTo(VersionedModel.ref(1));
        released.release(1_000);
        within(30).untilAsserted(() -> assertThat(kafka.decided()).hasSize(61));
    }

    private boolean pausedSoon() {
        try {
            // Long enough for the change to arrive, which nothing outside shows.
            TimeUnit.MILLISECONDS.sleep(700);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static VersionedModel freely() {
        return new VersionedModel((version, texts) -> {});
    }

    private VersionedModel onRelease() {
        return new VersionedModel((version, texts) -> {
            asked.add(version);
            released.acquire();
        });
    }

    private ReclassificationLoop start(String instance, VersionedModel model) {
        return start(instance, model, new SpareSlots(() -> 3, () -> 0, () -> 0, Clock.systemUTC()));
    }

    private ReclassificationLoop start(String instance, VersionedModel model, SpareSlots spare) {
        R1Capacity capacity = Fixtures.capacity(3);
        ReclassificationLoop loop = new ReclassificationLoop(
                TestConfig.of(prefix, instance, Map.of("rationale.batch.max-notes", "2")),
                new HashMap<>(Map.of("bootstrap.servers", broker.bootstrapServers())),
                VersionedModel.taxonomy(1),
                model,
                capacity,
                spare,
                instance,
                new SimpleMeterRegistry(),
                NoteTraces.NONE,
                Clock.systemUTC());
        loop.start();
        loops.add(loop::stop);
        return loop;
    }

    private ClassifierLoop live(String instance, VersionedModel model) {
        ClassifierLoop loop = ClassifierProcess.loop(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                TestConfig.of(prefix, instance, Map.of("rationale.r1.concurrency.fixed", "3")),
                VersionedModel.taxonomy(1),
                model);
        loops.add(loop::stop);
        return loop;
    }

    private void tell(String id, int version, State state) {
        ReclassificationJob job = ReclassificationJob.asked(ReclassificationRequest.start(
                        id,
                        "Ada",
                        SEEN,
                        ReclassificationSelection.all(VersionedModel.ref(version), VersionedModel.ref(1)),
                        null))
                .in(state);
        kafka.send(new ProducerRecord<>(kafka.topics().reclassifications(), bytes(id), Json.bytes(job)));
    }

    private void enqueue(String job, int version, String... texts) {
        for (String text : texts) {
            Note note = Note.of(text, "test", text);
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    kafka.topics().reclassificationNotes(), null, SEEN.toEpochMilli(), bytes(text), Json.bytes(note));
            ReclassificationNote.headers(job, VersionedModel.ref(version), note, "/test", SEEN)
                    .forEach((name, value) -> record.headers().add(name, bytes(value)));
            kafka.send(record);
        }
    }

    private void publish(Taxonomy taxonomy) {
        kafka.send(TaxonomyRecords.of(kafka.topics().taxonomies(), taxonomy, "/test", Instant.now()));
    }

    private List<Verdict> verdicts() {
        return kafka.audit().stream()
                .map(AuditEvent.Classified.class::cast)
                .map(AuditEvent.Classified::verdict)
                .collect(Collectors.toList());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ConditionFactory within(int seconds) {
        return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(100));
    }
}
