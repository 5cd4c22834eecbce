package io.rationale.console.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.seal.ChainEvent;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sealers at a real broker; each test has topics of its own. */
class AuditSealerTest {
    private static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AuditSealer.Settings SETTINGS =
            new AuditSealer.Settings(Duration.ofMillis(50), 7, Duration.ofSeconds(3));
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static KafkaClients clients;

    private final Topics topics = new Topics("t" + NAMES.incrementAndGet() + ".");

    @AutoClose
    private final SealedAudit audit = new SealedAudit(clients, topics);

    private final AtomicInteger written = new AtomicInteger();

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(directory, 0);
        clients = new KafkaClients(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldSealWhatIsCommittedOnceAndGoOnAfterARestart() {
        // given: committed and aborted transactions, and records without one
        create();
        try (AuditSealer sealer = sealer()) {
            sealer.start();
            write(20, true);
            write(5, false);
            write(20, true);
            awaitSealed(40);
        }

        // when
        write(9, true);
        try (AuditSealer again = sealer()) {
            again.start();
            awaitSealed(49);
        }

        // then
        audit.assertOneWholeChainEach();
        assertThat(audit.links().values()).allSatisfy(chain -> assertThat(chain)
                .allSatisfy(link -> assertThat(link.records()).isLessThanOrEqualTo(7)));
    }

    @Test
    void shouldSealTheRestAtTheEnd() {
        // given
        create();
        AuditSealer sealer = sealer(new AuditSealer.Settings(Duration.ofHours(1), 1_000), Function.identity());
        sealer.start();
        write(10, true);

        // when
        await().atMost(PATIENCE).until(() -> isOwned());
        sealer.close();

        // then
        assertThat(audit.sealed()).isEqualTo(10);
        audit.assertOneWholeChainEach();
    }

    @Test
    @SuppressWarnings("try") // the first goes before its time
    void shouldMakeOneChainEachWithTwoConsoles() {
        // given
        create();
        try (AuditSealer first = sealer()) {
            first.start();
            write(30, true);
            awaitSealed(30);

            // when: another comes, both work, the first goes
            try (AuditSealer second = sealer()) {
                second.start();
                for (int i = 0; i < 30; i++) {
                    write(3, i % 4 != 0);
                }
                first.close();
                write(10, true);
                awaitSealed(written.get());
            }
        }

        // then
        audit.assertOneWholeChainEach();
    }

    @ParameterizedTest
    @CsvSource({
        "beginTransaction, true",
        "send, true",
        "sendOffsetsToTransaction, false",
        "sendOffsetsToTransaction, true",
        "commitTransaction, false",
        "commitTransaction, true"
    })
    void shouldGoOnWhereItWasKilled(String call, boolean isAfter) {
        // given
        create();
        write(25, true);
        try (AuditSealer killed = sealer(SETTINGS, Function.identity())) {
            killed.start();
            awaitSealed(25);
        }
        write(25, true);

        // when: the process dies there, and leaves its transaction as it is
        AtomicBoolean isDead = new AtomicBoolean();
        try (AuditSealer killed = sealer(SETTINGS, producer -> dying(producer, call, isAfter, isDead))) {
            killed.start();
            awaitSealed(50);
        }

        // then
        assertThat(isDead).isTrue();
        audit.assertOneWholeChainEach();
    }

    @Test
    void shouldGoOnFromTheChainWithoutTheGroupsOffsets() throws Exception {
        // given
        create();
        try (AuditSealer sealer = sealer()) {
            sealer.start();
            write(30, true);
            awaitSealed(30);
        }
        try (Admin admin = clients.admin()) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                admin.deleteConsumerGroups(List.of(AuditSealer.group(topics)))
                        .all()
                        .get();
                return true;
            });
        }

        // when
        write(10, true);
        try (AuditSealer again = sealer()) {
            again.start();
            awaitSealed(40);
        }

        // then
        audit.assertOneWholeChainEach();
    }

    @Test
    void shouldCarryOnTheNumbersOfAChainWhoseLinksAreGone() throws Exception {
        // given
        create();
        try (AuditSealer sealer = sealer()) {
            sealer.start();
            write(30, true);
            awaitSealed(30);
        }
        Map<Integer, List<ChainEvent.Sealed>> before = audit.links();
        try (Admin admin = clients.admin()) {
            admin.deleteTopics(List.of(topics.auditChain())).all().get();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> !admin.listTopics().names().get().contains(topics.auditChain()));
        }
        create();

        // when
        write(30, true);
        try (AuditSealer again = sealer()) {
            again.start();
            awaitSealed(30);
        }

        // then: nobody takes what is left for a whole chain
        audit.links().forEach((partition, chain) -> assertThat(chain.getFirst().previous())
                .isEqualTo(before.get(partition).getLast().hash()));
    }

    private void create() {
        kafka.createTopics(topics.specs(PARTITIONS));
    }

    private AuditSealer sealer() {
        return sealer(SETTINGS, Function.identity());
    }

    private AuditSealer sealer(
            AuditSealer.Settings settings, Function<Producer<byte[], byte[]>, Producer<byte[], byte[]>> disguise) {
        return new AuditSealer(
                clients,
                producer -> disguise.apply(clients.producer("sealer", producer)),
                topics,
                settings,
                InstantSource.system());
    }

    private boolean isOwned() throws Exception {
        try (Admin admin = clients.admin()) {
            return admin
                            .describeConsumerGroups(List.of(AuditSealer.group(topics)))
                            .all()
                            .get()
                            .get(AuditSealer.group(topics))
                            .members()
                            .stream()
                            .mapToInt(member ->
                                    member.assignment().topicPartitions().size())
                            .sum()
                    == PARTITIONS;
        }
    }

    private void awaitSealed(long records) {
        await().atMost(PATIENCE).until(() -> audit.sealed() >= records);
    }

    /** One transaction over all partitions. */
    private void write(int records, boolean commits) {
        try (Producer<byte[], byte[]> producer =
                clients.producer("writer", Map.of("transactional.id", "writer-" + NAMES.incrementAndGet()))) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < records; i++) {
                TopicPartition place = new TopicPartition(topics.audit(), i % PARTITIONS);
                byte[] value = ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8);
                ProducerRecord<byte[], byte[]> made =
                        new ProducerRecord<>(place.topic(), place.partition(), "k".getBytes(), value);
                made.headers().add("ce_id", new byte[] {(byte) i});
                producer.send(made);
            }
            producer.flush();
            if (commits) {
                producer.commitTransaction();
                written.addAndGet(records);
            } else {
                producer.abortTransaction();
            }
        }
    }

    /** Dies at the second such call, without taking leave of the broker. */
    @SuppressWarnings("unchecked")
    private static Producer<byte[], byte[]> dying(
            Producer<byte[], byte[]> real, String call, boolean isAfter, AtomicBoolean isDead) {
        AtomicInteger calls = new AtomicInteger();
        AtomicBoolean isThisDead = new AtomicBoolean();
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    boolean isIt = !isDead.get() && method.getName().equals(call) && calls.incrementAndGet() == 2;
                    if (isThisDead.get() && method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        Object result = isIt && !isAfter ? null : method.invoke(real, arguments);
                        if (isIt) {
                            isDead.set(true);
                            isThisDead.set(true);
                            throw new IllegalStateException("killed at " + call);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
