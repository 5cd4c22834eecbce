package io.rationale.console.reclassification;

import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.V2;
import static io.rationale.console.Events.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.console.Events;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.kafka.TopicTable;
import io.rationale.console.notes.AuditReader;
import io.rationale.console.notes.ErasedRecords;
import io.rationale.console.search.AuditIndexer;
import io.rationale.console.search.NoteIndex;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.reclassification.ReclassificationJob;
import io.rationale.core.reclassification.ReclassificationJob.Move;
import io.rationale.core.reclassification.ReclassificationJob.State;
import io.rationale.core.reclassification.ReclassificationRequest;
import io.rationale.core.reclassification.ReclassificationRequest.Action;
import io.rationale.core.reclassification.ReclassificationSelection;
import io.rationale.core.redaction.Redactor;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs from request to end, on a real broker, with a search index and a classifier that says what the test wants. */
@Timeout(120)
class ReclassificationDriverTest {
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final Desk.Portions SMALL = new Desk.Portions(7, 60);

    @TempDir
    static Path dataDir;

    private static EmbeddedKafka broker;

    @TempDir
    Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Topics topics;
    private KafkaClients clients;
    private TopicTable<ReclassificationJob> jobs;
    private NoteSearch search;
    private AuditIndexer indexer;
    private AuditReader audit;
    private FakeClassifier classifier;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(dataDir, 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start() throws IOException {
        topics = new Topics("r" + TESTS.incrementAndGet() + ".");
        broker.createTopics(topics.specs(3));
        clients = new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers()));
        jobs = new TopicTable<>(
                clients, topics.reclassifications(), "jobs", value -> Json.read(value, ReclassificationJob.class));
        NoteIndex index = new NoteIndex(directory.resolve("index"));
        indexer = new AuditIndexer(clients, topics.audit(), index, Duration.ZERO, () -> false, InstantSource.system());
        search = new NoteSearch(index, indexer::loaded, indexer::progress);
        audit = new AuditReader(clients, topics.audit(), new ErasedRecords(clients, topics.auditChain()));
        jobs.start();
        indexer.start();
        classifier = new FakeClassifier(
                broker.bootstrapServers(), topics, group(), id -> jobs.get(id).orElse(null));
        open.addAll(List.of(classifier, indexer, audit, jobs));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = 21)
    void shouldHaveEachNoteJudgedOnceWhateverFails(long seed) throws Exception {
        // given
        Random random = new Random(seed);
        List<String> ids = IntStream.range(0, 300)
                .mapToObj(i -> (i % 50 == 0 ? FakeClassifier.HOPELESS : "note") + "-" + i)
                .toList();
        decide(ids.stream()
                .map(id -> Events.classified(note(id), V1, id.hashCode() % 2 == 0 ? "missed-retrieval" : "other"))
                .toArray(AuditEvent[]::new));
        Troubled troubled = new Troubled(random, 0.02);
        classifier.permits.release(10_000);
        ReclassificationDriver driver = drive(() -> troubled.around(producer()));

        // when
        ask("job", ReclassificationSelection.all(V2, V1));
        for (int kills = 0; kills < 3; kills++) {
            int decided = (kills + 1) * 60 + random.nextInt(20);
            within(60).until(() -> job("job").judged() >= decided);
            if (kills == 1) {
                // The one before goes on for a while and must not do harm.
                ReclassificationDriver zombie = driver;
                driver = drive(() -> troubled.around(producer()));
                zombie.close();
            } else {
                driver.close();
                driver = drive(() -> troubled.around(producer()));
            }
        }

        // then
        within(60).until(() -> job("job").state() == State.FINISHED);
        ReclassificationJob job = job("job");
        assertThat(troubled.failures()).as("seed %d", seed).isPositive();
        List<AuditEvent> again = again("job");
        assertThat(again.stream().map(AuditEvent::noteId)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(again).allMatch(event -> event.taxonomyRef().equals(V2));
        assertThat(job.notes()).isEqualTo(300);
        assertThat(job.enqueued()).isEqualTo(300);
        assertThat(job.unclassifiable()).isEqualTo(6);
        assertThat(job.judged()).isEqualTo(294);
        assertThat(job.spent().total()).isEqualTo(300 * Events.USAGE.total());
        long missed = ids.stream().filter(id -> id.hashCode() % 2 == 0).count();
        assertThat(job.moved().stream().mapToLong(Move::count).sum()).isEqualTo(300);
        assertThat(job.moved().stream()
                        .filter(move -> "missed-retrieval".equals(move.from()))
                        .mapToLong(Move::count)
                        .sum())
                .isEqualTo(missed);
    }

    @Test
    void shouldLeaveOutWhatIsJudgedAlreadyAndWhatComesLater() throws Exception {
        // given
        decide(
                Events.classified(note("a"), V1, "other"),
                Events.classified(note("b"), V1, "no-error"),
                Events.classified(note("b"), V2, "no-error"),
                Events.unclassifiable(note("c"), V1));
        classifier.permits.release(100);

        // when
        ask("paused-first", ReclassificationSelection.all(V2, V1));
        drive(this::producer);
        within(30).until(() -> job("paused-first").state() == State.FINISHED);
        decide(Events.classified(note("later"), V1, "other"));
        ask("again", selection(Set.of(), true, true));
        within(30).until(() -> job("again").state() == State.FINISHED);
        ask("undecided", selection(Set.of("~undecided"), true, true));
        within(30).until(() -> job("undecided").state() == State.FINISHED);
        ask("decided", selection(Set.of(), false, false));
        within(30).until(() -> job("decided").state() == State.FINISHED);

        // then
        assertThat(idsOf("paused-first")).containsExactlyInAnyOrder("a", "c");
        assertThat(idsOf("again")).containsExactlyInAnyOrder("a", "b", "c", "later");
        assertThat(idsOf("undecided")).containsExactlyInAnyOrder("c");
        assertThat(idsOf("decided")).isEmpty();
    }

    @Test
    void shouldNotTakeInNotesThatComeWhileTheJobWaits() throws Exception {
        // given
        decide(Events.classified(note("a"), V1, "other"), Events.classified(note("b"), V1, "other"));
        drive(this::producer);
        ask("first", ReclassificationSelection.all(V2, V1));
        within(30).until(() -> job("first").enqueued() == 2);
        ask("second", selection(Set.of(), true, true));
        within(30).until(() -> jobs.get("second").isPresent());

        // when
        decide(Events.classified(note("new"), V1, "other"), Events.classified(note("new2"), V2, "other"));
        assertThat(job("second").state()).isEqualTo(State.WAITING);
        classifier.permits.release(100);

        // then: what the first one judged came after the second was asked for, too
        within(30).until(() -> job("second").state() == State.FINISHED);
        assertThat(idsOf("first")).containsExactlyInAnyOrder("a", "b");
        assertThat(idsOf("second")).isEmpty();
    }

    @Test
    void shouldGiveTheClassifiersNoMoreThanAFewAhead() throws Exception {
        // given
        decide(IntStream.range(0, 200)
                .mapToObj(i -> Events.classified(note("n" + i), V1, "other"))
                .toArray(AuditEvent[]::new));
        drive(this::producer);

        // when
        ask("job", ReclassificationSelection.all(V2, V1));

        // then
        within(30).until(() -> job("job").enqueued() >= 60);
        await().during(Duration.ofMillis(500)).until(() -> job("job").enqueued() < 67);
        classifier.permits.release(1_000);
        within(30).until(() -> job("job").state() == State.FINISHED);
        assertThat(job("job").judged()).isEqualTo(200);
    }

    @Test
    void shouldPauseResumeAndCancelAndGoOnWithTheNext() throws Exception {
        // given
        decide(IntStream.range(0, 100)
                .mapToObj(i -> Events.classified(note("n" + i), V1, "other"))
                .toArray(AuditEvent[]::new));
        drive(this::producer);
        ask("first", ReclassificationSelection.all(V2, V1));
        ask("second", ReclassificationSelection.all(V2, V1));
        classifier.permits.release(10);
        within(30).until(() -> job("first").judged() == 10);

        // when
        change("first", Action.PAUSE);
        within(10).until(() -> job("first").state() == State.PAUSED);
        change("first", Action.RESUME);
        within(10).until(() -> job("first").state() == State.RUNNING);
        change("first", Action.CANCEL);

        // then
        within(30).until(() -> job("first").state() == State.CANCELLED);
        assertThat(job("first").changed())
                .extracting(ReclassificationJob.Change::what)
                .containsExactly(Action.PAUSE, Action.RESUME, Action.CANCEL);
        assertThat(job("first").judged()).isEqualTo(again("first").size()).isLessThan(100);
        classifier.permits.release(1_000);
        within(30).until(() -> job("second").state() == State.FINISHED);
        assertThat(Set.copyOf(idsOf("second"))).doesNotContainAnyElementsOf(idsOf("first"));
        assertThat(idsOf("first").size() + idsOf("second").size()).isEqualTo(100);
    }

    @Test
    void shouldDeleteTheNotesOfJobsThatHaveEnded() throws Exception {
        // given
        decide(Events.classified(note("a"), V1, "other"));
        classifier.permits.release(10);
        drive(this::producer);

        // when
        ask("job", ReclassificationSelection.all(V2, V1));

        // then
        within(30).until(() -> job("job").state() == State.FINISHED);
        within(10).until(() -> read(topics.reclassificationNotes()).isEmpty());
    }

    @Test
    void shouldNotTakeARequestASecondTime() throws Exception {
        // given
        decide(Events.classified(note("a"), V1, "other"));
        drive(this::producer);
        ReclassificationRequest pause = ReclassificationRequest.change("job", Action.PAUSE, "Ada", Instant.now());
        ask("job", ReclassificationSelection.all(V2, V1));
        send(pause);
        within(30).until(() -> job("job").state() == State.PAUSED);

        // when
        send(ReclassificationRequest.change("job", Action.RESUME, "Ada", Instant.now()));
        send(pause);

        // then
        within(30).until(() -> job("job").state() == State.RUNNING);
        assertThat(job("job").changed()).hasSize(2);
        ask("job", selection(Set.of(), true, true));
        classifier.permits.release(10);
        within(30).until(() -> job("job").state() == State.FINISHED);
        assertThat(job("job").selection().again()).isFalse();
    }

    private static ReclassificationSelection selection(Set<String> category, boolean undecided, boolean again) {
        return new ReclassificationSelection(V2, V1, category, null, null, null, null, undecided, again);
    }

    private ReclassificationDriver drive(Supplier<Producer<byte[], byte[]>> producers) {
        KnownTaxonomies taxonomies = new KnownTaxonomies(Taxonomies.ragFailures(), Map::of);
        ReclassificationDriver driver = new ReclassificationDriver(
                new ReclassificationDriver.Settings(topics, topics.prefix() + "drivers", group(), SMALL),
                clients,
                producers,
                new JobNotes(search, audit, taxonomies, Redactor.NONE),
                indexer::hasRead,
                InstantSource.system());
        driver.start();
        open.addFirst(driver);
        return driver;
    }

    private Producer<byte[], byte[]> producer() {
        return ReclassificationWiring.producer(clients, topics);
    }

    private String group() {
        return topics.prefix() + "classifiers";
    }

    private ReclassificationJob job(String id) {
        return jobs.get(id)
                .orElseGet(() -> ReclassificationJob.asked(ReclassificationRequest.start(
                        id, "Ada", Instant.EPOCH, ReclassificationSelection.all(V2, V1), null)));
    }

    private void ask(String id, ReclassificationSelection selection) {
        send(ReclassificationRequest.start(id, "Ada", Instant.now(), selection, null));
    }

    private void change(String id, Action action) {
        send(ReclassificationRequest.change(id, action, "Ada", Instant.now()));
    }

    private void send(ReclassificationRequest request) {
        write(topics.reclassificationRequests(), request.id(), Json.bytes(request));
    }

    private void decide(AuditEvent... events) {
        for (AuditEvent event : events) {
            write(topics.audit(), event.noteId(), Json.bytes(event));
        }
    }

    private final Producer<byte[], byte[]> plain = plain();

    private static Producer<byte[], byte[]> plain() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private void write(String topic, String key, byte[] value) {
        plain.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
        plain.flush();
    }

    private List<AuditEvent> again(String job) {
        return read(topics.audit()).stream()
                .map(value -> Json.read(value, AuditEvent.class))
                .filter(event -> event.reclassificationJob().equals(java.util.Optional.of(job)))
                .collect(Collectors.toList());
    }

    private List<String> idsOf(String job) {
        return again(job).stream().map(AuditEvent::noteId).toList();
    }

    private List<byte[]> read(String topic) {
        List<byte[]> values = new ArrayList<>();
        try (Consumer<byte[], byte[]> reader = clients.reader("test", 1_000)) {
            List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> reader.position(each) < ends.get(each))) {
                reader.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    private static ConditionFactory within(int seconds) {
        return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(50));
    }
}
