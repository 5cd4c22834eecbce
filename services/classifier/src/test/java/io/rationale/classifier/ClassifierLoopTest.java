package io.rationale.classifier;

import static io.rationale.classifier.Fixtures.answerAbout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rationale.classifier.intake.ClassifierLoop;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.Exchange;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.deadletter.ResentNote;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.topic.Topics;
import io.rationale.core.verdict.ExchangePointer;
import io.rationale.kafka.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
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

/** The loop on a real broker. */
@Timeout(90)
class ClassifierLoopTest {
    private static final AtomicInteger TESTS = new AtomicInteger();

    @TempDir
    static Path dataDir;

    private static EmbeddedKafka broker;

    private final List<ClassifierLoop> loops = new ArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
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
        prefix = "t" + TESTS.incrementAndGet() + ".";
        broker.createTopics(new Topics(prefix).specs(3));
        kafka = new KafkaFixture(broker.bootstrapServers(), new Topics(prefix));
    }

    @AfterEach
    void stopLoops() throws InterruptedException {
        released.countDown();
        for (ClassifierLoop loop : loops) {
            loop.stop();
        }
    }

    @Test
    void shouldWriteEachNoteOnceWithAPointerToItsExchange() {
        // given
        List<String> texts = KafkaFixture.texts("note ", 200);
        kafka.send(texts);

        // when
        start("one", FakeModel.answeringAll());

        // then
        within(30).untilAsserted(() -> kafka.requireEachOnce(texts));
        Map<String, ConsumerRecord<byte[], byte[]>> exchanges = kafka
                .read(kafka.topics().exchanges())
                .stream()
                .collect(Collectors.toMap(each -> each.partition() + "@" + each.offset(), Function.identity()));
        assertThat(kafka.audit()).allSatisfy(event -> requireExchange((AuditEvent.Classified) event, exchanges));
        assertThat(exchanges).hasSizeLessThan(100);
    }

    @Test
    void shouldSendWhatIsNoNoteToTheDeadLettersUnchangedAndAtOnce() {
        // given: R1 does not answer yet
        List<String> texts = KafkaFixture.texts("note ", 20);
        byte[] notJson = {'{', '"', (byte) 0xC3, 0x28};
        byte[] tooLong = Json.bytes(Map.of("text", "x".repeat(40_000)));
        byte[] tooLongForKafka = new byte[17 * 1024 * 1024];
        kafka.send(texts.subList(0, 10));
        kafka.sendRaw("bad", notJson);
        kafka.sendRaw("number", "12".getBytes(StandardCharsets.UTF_8));
        kafka.sendRaw("long", tooLong);
        kafka.sendRaw("vast", tooLongForKafka);
        kafka.sendRaw("tombstone", null);
        kafka.send(texts.subList(10, 20));

        // when
        start("one", heldBack(Set.copyOf(texts)));

        // then
        String topic = kafka.topics().deadLetters();
        within(30).untilAsserted(() -> assertThat(kafka.read(topic)).hasSize(5));
        Map<String, ConsumerRecord<byte[], byte[]>> letters =
                kafka.read(topic).stream().collect(Collectors.toMap(each -> text(each.key()), Function.identity()));
        assertThat(letters.get("bad").value()).isEqualTo(notJson);
        assertThat(letters.get("long").value()).isEqualTo(tooLong);
        assertThat(letters.get("vast").value()).hasSizeLessThan(tooLongForKafka.length);
        assertThat(letter(letters.get("bad")).reason()).isEqualTo("wrong-encoding");
        assertThat(letter(letters.get("number")).reason()).isEqualTo("not-a-note");
        assertThat(letter(letters.get("long")).field()).isEqualTo("text");
        assertThat(letter(letters.get("long")).origin())
                .isInstanceOfSatisfying(DeadLetter.Origin.Topic.class, origin -> assertThat(origin.topic())
                        .isEqualTo(kafka.topics().notes()));
        assertThat(kafka.audit()).isEmpty();
        released.countDown();
        within(30).untilAsserted(() -> kafka.requireEachOnce(texts));
    }

    @Test
    void shouldGoOnAfterAKillWithoutLosingRepeatingOrAskingAgainWhatIsFinished() throws Exception {
        // given: a classifier of its own process, in which a note of each partition stays unfinished
        List<String> texts = KafkaFixture.texts("note ", 150);
        Set<String> stuck = new HashSet<>(texts.subList(0, 6));
        kafka.send(texts);
        CountDownLatch killed = new CountDownLatch(1);
        try (FakeR1Server r1 = FakeR1Server.start(0, request -> {
            List<String> asked = FakeR1Server.textsIn(request);
            boolean waits = asked.stream().anyMatch(text -> stuck.contains(text) || text.endsWith("49"));
            if (waits) {
                killed.await();
            }
            return FakeR1Server.completion(answerAbout(asked, text -> true));
        })) {
            Process first = ClassifierProcess.start(broker.bootstrapServers(), prefix, "same", r1.baseUrl());
            within(30).untilAsserted(() -> assertThat(kafka.decided()).hasSizeGreaterThan(100));

            // when
            first.destroyForcibly().waitFor();
            int askedBefore = r1.askedNotes().size();
            Set<String> finished = Set.copyOf(kafka.decided());
            killed.countDown();
            start("same", new PlainHttpModel(r1.baseUrl()));

            // then
            within(40).untilAsserted(() -> kafka.requireEachOnce(texts));
            List<String> askedAfter =
                    r1.askedNotes().subList(askedBefore, r1.askedNotes().size());
            assertThat(askedAfter).doesNotContainAnyElementsOf(finished).containsAll(stuck);
            assertThat(askedAfter).hasSize(texts.size() - finished.size());
        }
    }

    @Test
    void shouldNotHoldBackResultsForAVerySlowCall() {
        // given
        List<String> texts = KafkaFixture.texts("note ", 300);
        kafka.send(texts);

        // when
        start("one", heldBack(Set.of("note 0")), Map.of("rationale.batch.max-notes", "1"));

        // then
        within(30).untilAsserted(() -> assertThat(kafka.decided()).hasSize(299));
        released.countDown();
        within(10).untilAsserted(() -> kafka.requireEachOnce(texts));
    }

    @Test
    void shouldPauseWhenEnoughIsInFlightAndKeepItsMembership() {
        // given
        List<String> texts = KafkaFixture.texts("note ", 100);
        kafka.send(texts);
        FakeModel model = heldBack(Set.copyOf(texts));

        // when: nothing is answered for longer than the poll interval
        ClassifierLoop loop = start(
                "one",
                model,
                Map.of("rationale.in-flight.max-notes", "10", "rationale.drain-timeout", "1s"),
                Map.of("max.poll.interval.ms", "4000"));
        within(20).untilAsserted(() -> assertThat(model.askedNotes()).hasSize(10));
        await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(model.askedNotes()).hasSize(10);
            assertThat(members()).isEqualTo(1);
            assertThat(loop.failure()).isEmpty();
        });
        released.countDown();

        // then
        within(20).untilAsserted(() -> kafka.requireEachOnce(texts));
        assertThat(model.askedNotes()).hasSize(100);
    }

    @Test
    void shouldHandOverToAnotherInstanceWithoutLosingOrRepeating() throws Exception {
        // given
        List<String> texts = KafkaFixture.texts("note ", 400);
        FakeModel model = new FakeModel(asked -> {
            TimeUnit.MILLISECONDS.sleep(20);
            return answerAbout(asked, text -> true);
        });
        Map<String, String> slow = Map.of("rationale.batch.max-notes", "1", "rationale.r1.concurrency.fixed", "2");
        ClassifierLoop leaving = start("one", model, slow);
        kafka.send(texts.subList(0, 200));
        within(20).untilAsserted(() -> assertThat(kafka.decided()).hasSizeGreaterThan(20));

        // when: one joins, then the other leaves
        start("two", model, slow);
        kafka.send(texts.subList(200, 400));
        within(20).untilAsserted(() -> assertThat(members()).isEqualTo(2));
        leaving.stop();

        // then
        within(40).untilAsserted(() -> kafka.requireEachOnce(texts));
        assertThat(leaving.failure()).isEmpty();
    }

    @Test
    void shouldGoOnWhenTheBrokerComesBack() {
        // given
        List<String> texts = KafkaFixture.texts("note ", 300);
        kafka.send(texts);
        FakeModel model = new FakeModel(asked -> {
            TimeUnit.MILLISECONDS.sleep(20);
            return answerAbout(asked, text -> true);
        });
        ClassifierLoop loop =
                start("one", model, Map.of("rationale.batch.max-notes", "1", "rationale.r1.concurrency.fixed", "2"));
        within(20).untilAsserted(() -> assertThat(kafka.decided()).hasSizeGreaterThan(20));

        // when
        int port = Integer.parseInt(broker.bootstrapServers().replaceAll(".*:", ""));
        broker.close();
        int askedBefore = model.askedNotes().size();
        await().until(() -> model.askedNotes().size() > askedBefore + 20);
        broker = EmbeddedKafka.start(dataDir, port);

        // then
        within(60).untilAsserted(() -> kafka.requireEachOnce(texts));
        assertThat(loop.failure()).isEmpty();
    }

    @Test
    void shouldFinishWhatIsRunningWhenItStops() throws Exception {
        // given
        List<String> texts = KafkaFixture.texts("note ", 8);
        kafka.send(texts);
        FakeModel model = heldBack(Set.copyOf(texts));
        ClassifierLoop loop =
                start("one", model, Map.of("rationale.batch.max-notes", "1", "rationale.drain-timeout", "60s"));
        within(20).untilAsserted(() -> assertThat(model.askedNotes()).hasSize(8));

        // when
        Thread stopping = Thread.ofVirtual().start(() -> stop(loop));
        await().during(Duration.ofMillis(300)).until(stopping::isAlive);
        released.countDown();
        stopping.join();

        // then
        kafka.requireEachOnce(texts);
        assertThat(members()).isZero();
    }

    @Test
    void shouldLeaveToTheNextWhatDoesNotEndWithinTheDrainTimeout() throws Exception {
        // given
        List<String> texts = KafkaFixture.texts("note ", 8);
        kafka.send(texts);
        FakeModel never = heldBack(Set.of("note 3"));
        ClassifierLoop loop =
                start("one", never, Map.of("rationale.batch.max-notes", "1", "rationale.drain-timeout", "300ms"));
        within(20).untilAsserted(() -> assertThat(kafka.decided()).hasSize(7));

        // when
        loop.stop();
        FakeModel next = FakeModel.answeringAll();
        start("one", next);

        // then
        within(20).untilAsserted(() -> kafka.requireEachOnce(texts));
        assertThat(next.askedNotes()).containsExactly("note 3");
    }

    @Test
    void shouldJudgeAgainWhatIsSentAgainOutOfTheDeadLetters() {
        // given: a note without an id that R1 says nothing acceptable about, and one that is none
        AtomicBoolean mended = new AtomicBoolean();
        FakeModel model = new FakeModel(asked -> answerAbout(asked, text -> mended.get()));
        kafka.sendRaw("poison", "\"a note\"".getBytes(StandardCharsets.UTF_8));
        kafka.sendRaw("none", "{".getBytes(StandardCharsets.UTF_8));
        start("one", model);
        String topic = kafka.topics().deadLetters();
        within(30).untilAsserted(() -> assertThat(kafka.read(topic)).hasSize(2));
        List<ConsumerRecord<byte[], byte[]>> letters = kafka.read(topic);
        String id = kafka.decided().getFirst();

        // when: R1 is as it was
        letters.forEach(letter -> resend(letter, id));

        // then: they come back
        within(30).untilAsserted(() -> assertThat(kafka.read(topic)).hasSize(4));
        assertThat(kafka.audit()).hasSize(2).hasOnlyElementsOfType(AuditEvent.Unclassifiable.class);

        // and when R1 is mended
        mended.set(true);
        resend(
                letters.stream()
                        .filter(letter -> text(letter.key()).equals("poison"))
                        .findFirst()
                        .orElseThrow(),
                id);

        // then: it is the same note
        within(30).untilAsserted(() -> assertThat(kafka.audit()).hasSize(3));
        assertThat(kafka.audit()).last().isInstanceOfSatisfying(AuditEvent.Classified.class, event -> assertThat(
                        event.position().resentBy())
                .isEqualTo("ann"));
        assertThat(kafka.decided()).containsOnly(id);
        assertThat(kafka.read(topic)).hasSize(4);
    }

    /** As the console does. */
    private void resend(ConsumerRecord<byte[], byte[]> letter, String id) {
        ProducerRecord<byte[], byte[]> again =
                new ProducerRecord<>(kafka.topics().notes(), letter.key(), letter.value());
        again.headers()
                .add(ResentNote.FROM, (letter.partition() + ":" + letter.offset()).getBytes(StandardCharsets.UTF_8));
        again.headers().add(ResentNote.BY, "ann".getBytes(StandardCharsets.UTF_8));
        if (text(letter.key()).equals("poison")) {
            again.headers().add(ResentNote.NOTE_ID, id.getBytes(StandardCharsets.UTF_8));
        }
        kafka.send(again);
    }

    @Test
    void shouldTellWhatEndedTheLoop() {
        // given
        prefix = "no topic's name/";

        // when
        ClassifierLoop loop = start("one", FakeModel.answeringAll());

        // then
        within(20).untilAsserted(() -> assertThat(loop.failure()).isPresent());
    }

    @Test
    void shouldRefuseToStartWhenDrainingOutlastsThePollInterval() {
        assertThatThrownBy(() -> start("one", FakeModel.answeringAll(), Map.of("rationale.drain-timeout", "3m")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rationale.drain-timeout");
    }

    private FakeModel heldBack(Set<String> texts) {
        return new FakeModel(asked -> {
            if (asked.stream().anyMatch(texts::contains)) {
                released.await();
            }
            return answerAbout(asked, text -> true);
        });
    }

    private ClassifierLoop start(String instance, ReasoningModel model) {
        return start(instance, model, Map.of());
    }

    private ClassifierLoop start(String instance, ReasoningModel model, Map<String, String> overrides) {
        return start(instance, model, overrides, Map.of());
    }

    private ClassifierLoop start(
            String instance, ReasoningModel model, Map<String, String> overrides, Map<String, Object> clients) {
        Map<String, Object> properties = new HashMap<>(clients);
        properties.put("bootstrap.servers", broker.bootstrapServers());
        ClassifierLoop loop = ClassifierProcess.loop(properties, TestConfig.of(prefix, instance, overrides), model);
        loops.add(loop);
        return loop;
    }

    private static void stop(ClassifierLoop loop) {
        try {
            loop.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int members() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            String group = prefix + "group";
            return admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get()
                    .get(group)
                    .members()
                    .size();
        }
    }

    private static void requireExchange(
            AuditEvent.Classified event, Map<String, ConsumerRecord<byte[], byte[]>> exchanges) throws Exception {
        ExchangePointer pointer = event.verdict().reasoning().exchange();
        ConsumerRecord<byte[], byte[]> stored = exchanges.get(pointer.partition() + "@" + pointer.offset());
        assertThat(text(stored.key())).isEqualTo(pointer.id());
        assertThat(Bytes.of(stored.value()).sha256()).isEqualTo(pointer.sha256());
        Exchange exchange = Json.mapper().readValue(stored.value(), Exchange.class);
        assertThat(exchange.noteIds()).contains(event.noteId());
        assertThat(exchange.reasoning())
                .contains(event.verdict().reasoning().text())
                .isNotEmpty();
        assertThat(exchange.outcome()).isEqualTo(new ModelOutcome.Complete("", "").name());
    }

    private static DeadLetter letter(ConsumerRecord<byte[], byte[]> of) {
        Map<String, String> headers = new HashMap<>();
        of.headers().forEach(header -> headers.put(header.key(), text(header.value())));
        return DeadLetter.of(text(of.key()), Bytes.of(of.value()), headers);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static ConditionFactory within(int seconds) {
        return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(100));
    }
}
