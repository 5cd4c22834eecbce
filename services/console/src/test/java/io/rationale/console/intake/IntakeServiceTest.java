package io.rationale.console.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rationale.console.api.ProblemException;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.intake.InputFormat;
import io.rationale.core.intake.IntakeAnswer;
import io.rationale.core.json.Bytes;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.redaction.RedactionSettings;
import io.rationale.core.redaction.Redactor;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several intakes on one broker, as several replicas of the console are. */
class IntakeServiceTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final NotesBody TEXT = new NotesBody(InputFormat.TEXT, "The body", "http", null, null, null, null);

    @TempDir
    static Path directory;

    private static EmbeddedKafka broker;
    private static int tests;

    private Topics topics;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(directory, 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics() {
        topics = new Topics("test" + tests++ + ".");
        broker.createTopics(topics.specs(2));
    }

    private IntakeService replica() {
        return replica(broker.bootstrapServers(), TIMEOUT);
    }

    private IntakeService replica(String brokers, Duration timeout) {
        IntakeService service = new IntakeService(
                new KafkaClients(Map.of("bootstrap.servers", brokers)),
                topics,
                new IntakeService.Limits(64 * 1024 * 1024, 8, timeout, NoteDecoder.DEFAULT),
                InstantSource.system());
        service.start();
        return service;
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static IntakeAnswer take(IntakeService service, String text, String key) {
        try {
            return service.take(TEXT, body(text), key);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> written() {
        return WrittenNotes.ids(broker.bootstrapServers(), topics.notes());
    }

    @Test
    void shouldWriteOnceWhatReachesTwoReplicasAtOnce() throws Exception {
        // given
        int rounds = Integer.getInteger("rationale.rounds", 40);
        Set<String> ids = new HashSet<>();
        try (IntakeService one = replica();
                IntakeService other = replica();
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < rounds; round++) {
                String key = "key-" + round;
                String body = "one of " + round + "\ntwo of " + round;

                // when
                List<Future<IntakeAnswer>> answers = new ArrayList<>();
                for (IntakeService service : List.of(one, other, one, other)) {
                    answers.add(threads.submit(() -> take(service, body, key)));
                }

                // then
                IntakeAnswer first = answers.getFirst().get();
                for (Future<IntakeAnswer> answer : answers) {
                    assertThat(answer.get()).isEqualTo(first);
                }
                first.notes().forEach(note -> ids.add(note.id()));
            }
        }
        assertThat(ids).hasSize(2 * rounds);
        assertThat(written()).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void shouldWriteNoPersonalDataIntoTheNotesTopic() throws Exception {
        // given
        Map<String, Integer> counted = new ConcurrentHashMap<>();
        NoteDecoder decoder = NoteDecoder.DEFAULT.redacting(
                Redactor.of(RedactionSettings.DEFAULT, (kind, count) -> counted.merge(kind, count, Integer::sum)));
        String large = ("filler ".repeat(150) + "\n").repeat(1_200);
        try (IntakeService service = new IntakeService(
                new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers())),
                topics,
                new IntakeService.Limits(64 * 1024 * 1024, 8, TIMEOUT, decoder),
                InstantSource.system())) {
            service.start();

            // when
            take(service, "to jane@example.com", null);
            take(service, "to john@example.com\nand +49 30 1234567", "jane@example.com");
            IntakeAnswer spooled = take(service, "to jo@example.com\n" + large, "large");

            // then
            assertThat(spooled.accepted()).isEqualTo(1_201);
        }
        assertThat(counted).isEqualTo(Map.of("email", 3, "phone", 1));
        assertThat(WrittenNotes.texts(broker.bootstrapServers(), topics.notes()))
                .contains("to [EMAIL-1]", "and [PHONE-1]")
                .noneMatch(text -> text.contains("example"));
    }

    @Test
    void shouldRememberAfterARestart() {
        // given
        IntakeAnswer first;
        try (IntakeService before = replica()) {
            first = take(before, "text", "k");
        }

        // when
        try (IntakeService after = replica()) {
            IntakeAnswer again = take(after, "text", "k");
            ProblemException other = catchThrowableOfType(ProblemException.class, () -> take(after, "other", "k"));

            // then
            assertThat(again).isEqualTo(first);
            assertThat(other.problem().status()).isEqualTo(422);
        }
        assertThat(written()).hasSize(1);
    }

    @Test
    void shouldEndWhatAReplicaThatDiedLeftOpen() {
        // given: it dies between its notes and its commit
        int slot = KeyedIntake.slotOf(Bytes.utf8("k").sha256());
        Producer<byte[], byte[]> dead = new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers()))
                .producer("dead", Map.of("transactional.id", topics.prefix() + "intake-" + slot));
        dead.initTransactions();
        dead.beginTransaction();
        dead.send(new ProducerRecord<>(topics.notes(), new byte[] {'x'}, new byte[] {'y'}));
        dead.flush();

        // when
        try (IntakeService service = replica()) {
            IntakeAnswer answer = take(service, "text", "k");

            // then
            assertThat(written()).containsExactly(answer.notes().getFirst().id());
        }
        dead.close(Duration.ZERO);
    }

    @Test
    void shouldTakeALargeBodyWithAKey() {
        try (IntakeService service = replica()) {
            // when
            IntakeAnswer answer = take(service, "Some text that is not short.\n".repeat(100_000), "large");

            // then
            assertThat(answer.accepted()).isEqualTo(100_000);
            assertThat(answer.notes()).hasSize(IntakeTally.MOST_LISTED);
            assertThat(new HashSet<>(written())).hasSize(100_000);
            assertThat(take(service, "Some text that is not short.\n".repeat(100_000), "large"))
                    .isEqualTo(answer);
        }
    }

    @Test
    void shouldSayThatKafkaIsAway() {
        try (IntakeService service = replica("127.0.0.1:1", Duration.ofSeconds(3))) {
            for (String key : new String[] {null, "k"}) {
                // when
                ProblemException problem =
                        catchThrowableOfType(ProblemException.class, () -> take(service, "a\nb", key));

                // then
                assertThat(problem.problem().status()).isEqualTo(503);
            }
        }
    }

    @Test
    void shouldSayWhichNotesWereAcceptedWhenKafkaCannotKeepUp() throws Exception {
        // given
        try (Admin admin = new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers())).admin()) {
            PlainIntake intake = new PlainIntake(
                    new FullAfter(3),
                    new NoteReader(NoteDecoder.DEFAULT),
                    new NoteRecords(topics, InstantSource.system()),
                    new KafkaTrouble(admin),
                    TIMEOUT);

            // when
            ProblemException problem = catchThrowableOfType(
                    ProblemException.class, () -> intake.take(TEXT, body("a\n" + "x".repeat(40_000) + "\nb\nc\nd\ne")));

            // then
            assertThat(problem.problem().status()).isEqualTo(429);
            assertThat(problem.problem().members())
                    .containsEntry("accepted", 3L)
                    .containsEntry("rejected", 1L)
                    .containsEntry(
                            "acceptedRecords", List.of(new IntakeTally.Records(1, 1), new IntakeTally.Records(3, 4)));
        }
    }

    /** Has room for so many records. */
    private static final class FullAfter extends MockProducer<byte[], byte[]> {
        private int room;

        FullAfter(int room) {
            super(true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
            this.room = room;
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> made, Callback callback) {
            if (room-- > 0) {
                return super.send(made, callback);
            }
            callback.onCompletion(null, new BufferExhaustedException("full"));
            return java.util.concurrent.CompletableFuture.failedFuture(new BufferExhaustedException("full"));
        }
    }
}
