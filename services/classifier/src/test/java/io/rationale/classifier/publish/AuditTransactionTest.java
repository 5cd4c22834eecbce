package io.rationale.classifier.publish;

import static io.rationale.classifier.Fixtures.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.classifier.FakeModel;
import io.rationale.classifier.Fixtures;
import io.rationale.classifier.KafkaFixture;
import io.rationale.classifier.classify.OneByOne;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.PartitionWork;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Bytes;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transactions on a real broker whose ends are lost on the way. */
@Timeout(60)
class AuditTransactionTest {
    private static final AtomicInteger TESTS = new AtomicInteger();

    @TempDir
    static Path dataDir;

    private static EmbeddedKafka broker;

    private final List<AuditTransaction> transactions = new ArrayList<>();
    private final List<Decision> alreadyWritten = new ArrayList<>();
    private Topics topics;

    @AutoClose
    private KafkaFixture kafka;

    private ConsumerGroupMetadata group;
    private PartitionWork work;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(dataDir, 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    @SuppressWarnings("removal") // the only way to make metadata up
    void createTopics() {
        topics = new Topics("x" + TESTS.incrementAndGet() + ".");
        broker.createTopics(topics.specs(1));
        kafka = new KafkaFixture(broker.bootstrapServers(), topics);
        group = new ConsumerGroupMetadata(topics.prefix() + "group");
        work = new PartitionWork(new TopicPartition(topics.notes(), 0), null, 0);
    }

    @AfterEach
    void closeTransactions() {
        transactions.forEach(AuditTransaction::close);
    }

    @Test
    void shouldNotWriteAgainWhatACommitInDoubtWrote() throws Exception {
        // given
        AuditTransaction transaction = transaction(After.COMMITTING);
        List<Decision> decisions = decisions(0, 1);

        // when
        boolean first = transaction.write(decisions, group, alreadyWritten::add);
        decisions.addAll(decisions(2));
        boolean second = transaction.write(decisions, group, alreadyWritten::add);

        // then
        assertThat(first).isFalse();
        assertThat(second).isTrue();
        assertThat(alreadyWritten).extracting(Decision::offset).containsExactly(0L, 1L);
        assertThat(kafka.decided()).containsExactlyInAnyOrder("note-0", "note-1", "note-2");
        assertThat(committed().offset()).isEqualTo(3);
    }

    @Test
    void shouldWriteAgainWhatACommitInDoubtDidNotWrite() throws Exception {
        // given
        AuditTransaction transaction = transaction(After.NOTHING);
        List<Decision> decisions = decisions(0, 1);

        // when
        boolean first = transaction.write(decisions, group, alreadyWritten::add);
        boolean second = transaction.write(decisions, group, alreadyWritten::add);

        // then
        assertThat(List.of(first, second)).containsExactly(false, true);
        assertThat(alreadyWritten).isEmpty();
        assertThat(kafka.decided()).containsExactlyInAnyOrder("note-0", "note-1");
    }

    @Test
    void shouldGoOnAfterAnotherOfTheSameIdFencedIt() throws Exception {
        // given
        AuditTransaction one = transaction(null);
        AuditTransaction other = transaction(null);
        one.write(decisions(0), group, alreadyWritten::add);
        other.write(decisions(1), group, alreadyWritten::add);
        List<Decision> decisions = decisions(2);

        // when
        boolean fenced = one.write(decisions, group, alreadyWritten::add);
        boolean again = one.write(decisions, group, alreadyWritten::add);

        // then
        assertThat(List.of(fenced, again)).containsExactly(false, true);
        assertThat(kafka.decided()).containsExactlyInAnyOrder("note-0", "note-1", "note-2");
    }

    @Test
    void shouldWriteNothingForAMembershipThatEnded() throws Exception {
        // given: the group has a member, and it is another one
        try (KafkaConsumer<byte[], byte[]> member = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "group.id", group.groupId(),
                        "group.protocol", "consumer"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            member.subscribe(List.of(topics.notes()));
            while (member.assignment().isEmpty()) {
                member.poll(Duration.ofMillis(100));
            }
            ConsumerGroupMetadata current = member.groupMetadata();
            @SuppressWarnings("removal") // the only way to make one up
            ConsumerGroupMetadata stale = new ConsumerGroupMetadata(
                    group.groupId(), current.generationId() + 3, "somebody-else", current.groupInstanceId());
            AuditTransaction transaction = transaction(null);
            List<Decision> decisions = decisions(0);

            // when
            boolean written = transaction.write(decisions, stale, alreadyWritten::add);

            // then
            assertThat(written).isFalse();
            assertThat(kafka.decided()).isEmpty();
            assertThat(transaction.write(decisions, current, alreadyWritten::add))
                    .isTrue();
            assertThat(kafka.decided()).containsExactly("note-0");
        }
    }

    @Test
    void shouldSettleWhatADeadPredecessorLeftOpen() throws Exception {
        // given
        try (Producer<byte[], byte[]> dead = producer()) {
            dead.initTransactions();
            dead.beginTransaction();
            dead.send(new ProducerRecord<>(topics.audit(), new byte[0])).get();
            dead.sendOffsetsToTransaction(Map.of(work.partition(), new OffsetAndMetadata(9)), group);
            AuditTransaction successor = transaction(null);

            // when
            successor.settlePredecessor();

            // then: long before the transaction times out
            assertThat(committed()).isNull();
            assertThat(isSettled()).isTrue();
        }
    }

    /** At each request of a transaction, lost on its way to the broker or on the way back, for longer than the client waits. */
    @ParameterizedTest
    @CsvSource({"0, true", "0, false", "28, true", "28, false", "26, true", "26, false"})
    void shouldWriteEachOnceThoughTheLineIsCut(short apiKey, boolean reachesTheBroker) throws Exception {
        // given
        try (CutLine line = new CutLine(broker.bootstrapServers())) {
            AuditTransaction transaction = new AuditTransaction(
                    () -> producer(line.bootstrapServers()),
                    Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers())),
                    new AuditRecords(topics));
            transactions.add(transaction);
            transaction.write(decisions(0), group, alreadyWritten::add);
            List<Decision> decisions = decisions(1, 2);

            // when
            line.cutAt(apiKey, reachesTheBroker, 2_500);
            int attempts = 0;
            while (!transaction.write(decisions, group, alreadyWritten::add)) {
                attempts++;
                TimeUnit.MILLISECONDS.sleep(250);
            }

            // then
            assertThat(line.wasCut()).isTrue();
            assertThat(attempts).isPositive();
            transaction.write(decisions(3), group, alreadyWritten::add);
            assertThat(kafka.decided()).containsExactlyInAnyOrder("note-0", "note-1", "note-2", "note-3");
            assertThat(committed().offset()).isEqualTo(4);
            assertThat(alreadyWritten.size()).isIn(0, 2);
        }
    }

    @Test
    void shouldWriteWhatIsTooLargeForATopicInAFormThatFits() throws Exception {
        // given
        topics = new Topics(topics.prefix() + "small.");
        kafka.close();
        kafka = new KafkaFixture(broker.bootstrapServers(), topics);
        work = new PartitionWork(new TopicPartition(topics.notes(), 0), null, 0);
        broker.createTopics(topics.specs(1).stream()
                .map(spec -> new Topics.Spec(spec.name(), 1, Map.of("max.message.bytes", "20000")))
                .toList());
        AuditTransaction transaction = transaction(null);
        List<Decision> decisions = new ArrayList<>();
        String large = "ü".repeat(30_000);
        new OneByOne(Taxonomies.ragFailures(), FakeModel.answeringAll(), 3, CLOCK)
                .classify(
                        List.of(
                                Fixtures.task(work, 0, "key", "small"),
                                Fixtures.task(work, 1, "key", large),
                                Fixtures.task(work, 2, "key", "small too")),
                        decisions::add);

        // when
        boolean written = transaction.write(decisions, group, alreadyWritten::add);

        // then
        assertThat(written).isTrue();
        Map<String, AuditEvent> events =
                kafka.audit().stream().collect(Collectors.toMap(AuditEvent::noteId, Function.identity()));
        assertThat(events).hasSize(3);
        assertThat(events.get("note-0")).isInstanceOf(AuditEvent.Classified.class);
        assertThat(events.get("note-2")).isInstanceOf(AuditEvent.Classified.class);
        AuditEvent.Unclassifiable cut = (AuditEvent.Unclassifiable) events.get("note-1");
        assertThat(cut.reason()).isEqualTo("record-too-large");
        assertThat(cut.note().text()).startsWith("üüü").endsWith("…");
        ConsumerRecord<byte[], byte[]> letter = kafka.read(topics.deadLetters()).getFirst();
        assertThat(letter.value()).hasSizeLessThan(20_000);
        assertThat(header(letter, "reason")).isEqualTo("record-too-large");
        assertThat(header(letter, "original-size"))
                .isEqualTo(String.valueOf(
                        Bytes.utf8("{\"text\":\"" + large + "\"}").size()));
        ConsumerRecord<byte[], byte[]> exchange = kafka.read(topics.exchanges()).getFirst();
        assertThat(header(exchange, "original-size")).isNotNull();
        assertThat(Bytes.of(exchange.value()).sha256())
                .isEqualTo(((AuditEvent.Classified) events.get("note-0"))
                        .verdict()
                        .reasoning()
                        .exchange()
                        .sha256());
        assertThat(committed().offset()).isEqualTo(3);
        assertThat(committed().metadata()).isEmpty();
        assertThat(transaction.write(decisions(3), group, alreadyWritten::add)).isTrue();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Whether read_committed readers may read to the end. */
    private boolean isSettled() throws Exception {
        TopicPartition audit = new TopicPartition(topics.audit(), 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            long stable = end(admin, audit, IsolationLevel.READ_COMMITTED);
            return stable > 0 && stable == end(admin, audit, IsolationLevel.READ_UNCOMMITTED);
        }
    }

    private static long end(Admin admin, TopicPartition partition, IsolationLevel isolation) throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
                .partitionResult(partition)
                .get()
                .offset();
    }

    /** What has happened when the first commit's answer is lost. */
    private enum After {
        COMMITTING,
        NOTHING
    }

    /** @param lost what has happened when the first commit fails; null when none does */
    private AuditTransaction transaction(After lost) {
        AtomicInteger commits = new AtomicInteger(lost == null ? 1 : 0);
        AuditTransaction transaction = new AuditTransaction(
                () -> losingTheFirstAnswer(producer(), commits, lost),
                Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers())),
                new AuditRecords(topics));
        transactions.add(transaction);
        return transaction;
    }

    @SuppressWarnings("unchecked")
    private static Producer<byte[], byte[]> losingTheFirstAnswer(
            Producer<byte[], byte[]> producer, AtomicInteger commits, After lost) {
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                AuditTransactionTest.class.getClassLoader(),
                new Class<?>[] {Producer.class},
                (p, method, arguments) -> {
                    boolean loses = method.getName().equals("commitTransaction") && commits.getAndIncrement() == 0;
                    try {
                        Object result = loses && lost == After.NOTHING ? null : method.invoke(producer, arguments);
                        if (loses) {
                            throw new TimeoutException("the answer was lost");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Producer<byte[], byte[]> producer() {
        return producer(broker.bootstrapServers());
    }

    private Producer<byte[], byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "transactional.id", topics.prefix() + "tx",
                        "linger.ms", "0",
                        "max.block.ms", "1500",
                        "request.timeout.ms", "1000",
                        "delivery.timeout.ms", "1500"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private List<Decision> decisions(long... offsets) throws InterruptedException {
        List<Decision> decisions = new ArrayList<>();
        for (long offset : offsets) {
            new OneByOne(Taxonomies.ragFailures(), FakeModel.answeringAll(), 3, CLOCK)
                    .classify(List.of(Fixtures.task(work, offset, "key", "text")), decisions::add);
        }
        return decisions;
    }

    private OffsetAndMetadata committed() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listConsumerGroupOffsets(
                            group.groupId(), new ListConsumerGroupOffsetsOptions().requireStable(true))
                    .partitionsToOffsetAndMetadata()
                    .get(20, TimeUnit.SECONDS)
                    .get(work.partition());
        }
    }
}
