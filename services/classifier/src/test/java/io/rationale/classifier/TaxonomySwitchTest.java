package io.rationale.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.classifier.intake.ClassifierLoop;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.taxonomy.TaxonomyVersions;
import io.rationale.core.topic.Topics;
import io.rationale.core.verdict.Sample;
import io.rationale.core.verdict.Verdict;
import io.rationale.kafka.EmbeddedKafka;
import io.rationale.topics.TaxonomyRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another version of the taxonomy becomes active while notes flow, on a real broker. */
@Timeout(120)
class TaxonomySwitchTest {
    private static final AtomicInteger TESTS = new AtomicInteger();

    private static final int VERSIONS = 7;
    /** Notes that are sent while a version is active. */
    private static final int STAGE = 150;

    @TempDir
    static Path dataDir;

    private static EmbeddedKafka broker;

    private final List<ClassifierLoop> loops = new ArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private Map<String, Taxonomy> published;
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
        prefix = "s" + TESTS.incrementAndGet() + ".";
        broker.createTopics(new Topics(prefix).specs(3));
        kafka = new KafkaFixture(broker.bootstrapServers(), new Topics(prefix));
        published = new HashMap<>();
    }

    @AfterEach
    void stopLoops() throws InterruptedException {
        released.countDown();
        for (ClassifierLoop loop : loops) {
            loop.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void shouldDecideEachNoteOnceUnderOneVersionWhileVersionsChange(long seed) throws Exception {
        // given: two classifiers, notes of the same content, doubtful ones, and ones that answers leave out
        Random random = new Random(seed);
        List<String> ids =
                IntStream.range(0, VERSIONS * STAGE).mapToObj(i -> "note-" + i).toList();
        VersionedModel model = new VersionedModel((version, texts) -> TimeUnit.MILLISECONDS.sleep(random.nextInt(150)));
        start("one", model);
        start("two", model);

        // when: notes come all the time, versions change while they are judged, a classifier leaves and another comes
        Semaphore sent = new Semaphore(STAGE);
        Thread sender = Thread.ofVirtual().start(() -> send(ids, sent, new Random(seed)));
        for (int version = 2; version <= VERSIONS; version++) {
            int decided = (version - 2) * STAGE + 1 + random.nextInt(STAGE * 2 / 3);
            within(60).until(() -> kafka.decided().size() >= decided);
            activate(version);
            sent.release(STAGE);
            if (version == 3) {
                start("three", model);
            }
            if (version == 5) {
                loops.removeFirst().stop();
            }
        }
        sender.join();
        within(60).untilAsserted(() -> assertThat(kafka.decided()).hasSizeGreaterThanOrEqualTo(ids.size()));

        // then
        kafka.requireEachOnce(ids);
        List<Verdict> verdicts = verdicts();
        assertThat(verdicts).as("all judged").hasSize(ids.size());
        requireOneVersionEach(verdicts, model);
        assertThat(verdicts.stream().map(each -> each.taxonomy().version()).distinct())
                .as("seed %d", seed)
                .contains(1, VERSIONS)
                .hasSizeGreaterThanOrEqualTo(4);
        assertThat(verdicts)
                .anyMatch(each -> each.samples().size() > 1)
                .anyMatch(each -> each.provenance().sameTextAs() != null);
        requireNewVersionsOnlyAfter(ids);
    }

    @Test
    void shouldJudgeUnderTheNewVersionWhatIsNotInACallYet() {
        // given: a call under the first version, and notes that wait for a slot
        VersionedModel model = new VersionedModel((version, texts) -> {
            if (texts.contains("slow")) {
                released.await();
            }
        });
        ClassifierLoop loop =
                start("one", model, Map.of("rationale.batch.max-notes", "1", "rationale.r1.concurrency.fixed", "1"));
        kafka.send(List.of("slow"));
        within(20).until(() -> loop.state().inFlight() == 1 && loop.state().waiting() == 0);
        kafka.send(List.of("quick", "slow2"));
        within(20).until(() -> loop.state().waiting() == 2);

        // when
        activate(2);
        within(20).until(() -> loop.state().taxonomy().equals(VersionedModel.ref(2)));
        released.countDown();

        // then
        within(20).untilAsserted(() -> kafka.requireEachOnce(List.of("slow", "quick", "slow2")));
        assertThat(versionsByNote())
                .isEqualTo(Map.of(
                        "slow", VersionedModel.ref(1),
                        "quick", VersionedModel.ref(2),
                        "slow2", VersionedModel.ref(2)));
    }

    @Test
    void shouldBeginUnderTheVersionThatIsActiveAndPassOverOthers() {
        // given: retired, proposed, unreadable, and activated earlier
        activate(4);
        activate(3);
        put(VersionedModel.taxonomy(8).with(Taxonomy.Status.PROPOSED));
        put(VersionedModel.taxonomy(9)
                .activated(new Taxonomy.Activation("me", Instant.now().plusSeconds(60)))
                .with(Taxonomy.Status.RETIRED));
        kafka.send(new ProducerRecord<>(kafka.topics().taxonomies(), bytes("versioned@7"), bytes("{\"id\":")));
        kafka.send(List.of("a", "b"));

        // when
        start("one", new VersionedModel((version, texts) -> {}));

        // then
        within(20).untilAsserted(() -> kafka.requireEachOnce(List.of("a", "b")));
        assertThat(versionsByNote().values()).containsOnly(VersionedModel.ref(3));
    }

    @Test
    void shouldNotShareVerdictsBetweenVersions() {
        // given
        ClassifierLoop loop = start("one", new VersionedModel((version, texts) -> {}));
        send("first", "the same");
        within(20).untilAsserted(() -> kafka.requireEachOnce(List.of("first")));

        // when
        activate(2);
        within(20).until(() -> loop.state().taxonomy().equals(VersionedModel.ref(2)));
        send("second", "the same");

        // then
        within(20).untilAsserted(() -> kafka.requireEachOnce(List.of("first", "second")));
        assertThat(versionsByNote()).isEqualTo(Map.of("first", VersionedModel.ref(1), "second", VersionedModel.ref(2)));
    }

    /** The label says what the prompt offered: it, the verdict's version and that of every call must be one. */
    private static void requireOneVersionEach(List<Verdict> verdicts, VersionedModel model) {
        for (Verdict verdict : verdicts) {
            TaxonomyRef version = verdict.taxonomy();
            assertThat(verdict.category()).isEqualTo(VersionedModel.label(version.version()));
            assertThat(verdict.votes()).containsOnlyKeys(verdict.category());
            Stream.concat(
                            Stream.of(verdict.reasoning().exchange()),
                            verdict.samples().stream().map(Sample::exchange))
                    .forEach(
                            pointer -> assertThat(model.versionOf(pointer.id())).isEqualTo(version));
        }
        Map<String, List<TaxonomyRef>> batches = verdicts.stream()
                .collect(Collectors.groupingBy(
                        each -> each.provenance().batchId(),
                        Collectors.mapping(Verdict::taxonomy, Collectors.toList())));
        assertThat(batches.values()).allSatisfy(each -> assertThat(each).containsOnly(each.getFirst()));
    }

    /** Notes that were sent when everything before them was decided cannot be of an older version. */
    private void requireNewVersionsOnlyAfter(List<String> ids) {
        Map<String, TaxonomyRef> versions = versionsByNote();
        String last = "after-all";
        send(last, "after all");
        within(20).untilAsserted(() -> assertThat(kafka.decided()).hasSize(ids.size() + 1));
        assertThat(versionsByNote())
                .containsEntry(last, VersionedModel.ref(VERSIONS))
                .containsAllEntriesOf(versions);
    }

    private void send(List<String> ids, Semaphore sent, Random random) {
        for (int from = 0; from < ids.size(); from += 5) {
            sent.acquireUninterruptibly(5);
            Map<String, String> texts = new LinkedHashMap<>();
            for (int n = from; n < from + 5; n++) {
                String text =
                        switch (n % 10) {
                            case 0, 1 -> "the same " + random.nextInt(5);
                            case 2 -> "doubt " + n;
                            case 3 -> "again " + n;
                            default -> "text " + n;
                        };
                texts.put(ids.get(n), text);
            }
            kafka.send(texts);
        }
    }

    private void send(String id, String text) {
        kafka.send(Map.of(id, text));
    }

    private void activate(int version) {
        put(new TaxonomyVersions(VersionedModel.taxonomy(1), published)
                .activation(VersionedModel.taxonomy(version), "me", Instant.now()));
    }

    private void put(Taxonomy taxonomy) {
        published.put(taxonomy.ref().toString(), taxonomy);
        kafka.send(TaxonomyRecords.of(kafka.topics().taxonomies(), taxonomy, "/test", Instant.now()));
    }

    private List<Verdict> verdicts() {
        return kafka.audit().stream()
                .map(AuditEvent.Classified.class::cast)
                .map(AuditEvent.Classified::verdict)
                .toList();
    }

    private Map<String, TaxonomyRef> versionsByNote() {
        return kafka.audit().stream()
                .map(AuditEvent.Classified.class::cast)
                .collect(Collectors.toMap(
                        AuditEvent.Classified::noteId, each -> each.verdict().taxonomy()));
    }

    private ClassifierLoop start(String instance, VersionedModel model) {
        return start(instance, model, Map.of("rationale.batch.max-notes", "6", "rationale.r1.concurrency.fixed", "5"));
    }

    private ClassifierLoop start(String instance, VersionedModel model, Map<String, String> overrides) {
        ClassifierLoop loop = ClassifierProcess.loop(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                TestConfig.of(prefix, instance, overrides),
                VersionedModel.taxonomy(1),
                model);
        loops.add(loop);
        return loop;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ConditionFactory within(int seconds) {
        return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(100));
    }
}
