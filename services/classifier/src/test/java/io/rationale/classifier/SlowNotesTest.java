package io.rationale.classifier;

import static io.rationale.classifier.Fixtures.answerAbout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.classifier.intake.ClassifierLoop;
import io.rationale.core.ledger.OffsetLedger;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one slow note does to all others, on a real broker: nothing. */
@Timeout(120)
class SlowNotesTest {
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

    @AfterEach
    void stopLoops() throws InterruptedException {
        released.countDown();
        for (ClassifierLoop loop : loops) {
            loop.stop();
        }
    }

    @Test
    void shouldShowAllOtherNotesBeforeASlowCallEndsAlsoThoseOfItsBatch() {
        // given
        topics(3);
        List<String> texts = KafkaFixture.texts("note ", 60);
        FakeModel model = broodingOver("note 30");
        kafka.send(texts);

        // when
        start("one", model, Map.of("rationale.batch.max-notes", "8"));

        // then
        within(30).untilAsserted(() -> assertThat(kafka.decided()).hasSize(59).doesNotContain("note 30"));
        released.countDown();
        within(20).untilAsserted(() -> kafka.requireEachOnce(texts));
    }

    @Test
    void shouldKeepTenThousandFinishedNotesBeyondAStuckOneInTheLedger() throws Exception {
        // given
        topics(1);
        List<String> texts = KafkaFixture.texts("note ", 10_001);
        FakeModel model = broodingOver("note 0");
        kafka.send(texts);

        // when
        ClassifierLoop first = start("one", model, Map.of("rationale.drain-timeout", "500ms"));
        within(60).untilAsserted(() -> assertThat(kafka.decided()).hasSize(10_000));
        first.stop();
        OffsetAndMetadata committed = committed();

        // then: all of it stands in the commit, and none of it is asked again
        assertThat(committed.offset()).isZero();
        assertThat(committed.metadata()).hasSizeLessThanOrEqualTo(OffsetLedger.MAX_METADATA);
        FakeModel next = FakeModel.answeringAll();
        start("one", next, Map.of());
        within(30).untilAsserted(() -> kafka.requireEachOnce(texts));
        assertThat(next.askedNotes()).containsExactly("note 0");
    }

    @Test
    void shouldRepeatNothingThatIsDrainedInARollingRestart() throws Exception {
        // given
        topics(6);
        List<String> texts = KafkaFixture.texts("note ", 1_500);
        FakeModel model = new FakeModel(asked -> {
            Thread.sleep(20);
            return answerAbout(asked, text -> true);
        });
        Map<String, String> slow = Map.of("rationale.batch.max-notes", "2", "rationale.r1.concurrency.fixed", "3");
        Map<String, ClassifierLoop> running = new HashMap<>();
        for (String instance : List.of("a", "b", "c")) {
            running.put(instance, start(instance, model, slow));
        }
        kafka.send(texts);
        within(30).untilAsserted(() -> assertThat(kafka.decided()).hasSizeGreaterThan(50));

        // when: each is stopped and started anew
        for (String instance : List.of("a", "b", "c")) {
            int decided = kafka.decided().size();
            running.get(instance).stop();
            start(instance, model, slow);
            within(30)
                    .untilAsserted(() -> assertThat(kafka.decided()).hasSizeGreaterThan(Math.min(1_490, decided + 50)));
        }

        // then
        within(60).untilAsserted(() -> kafka.requireEachOnce(texts));
        assertThat(model.askedNotes()).hasSameSizeAs(texts);
    }

    private void topics(int partitions) {
        prefix = "s" + TESTS.incrementAndGet() + ".";
        broker.createTopics(new Topics(prefix).specs(partitions));
        kafka = new KafkaFixture(broker.bootstrapServers(), new Topics(prefix));
    }

    private FakeModel broodingOver(String slow) {
        return new FakeModel(asked -> {
            if (asked.contains(slow)) {
                released.await();
            }
            return answerAbout(asked, text -> true);
        });
    }

    private ClassifierLoop start(String instance, FakeModel model, Map<String, String> overrides) {
        ClassifierLoop loop = ClassifierProcess.loop(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                TestConfig.of(prefix, instance, overrides),
                model);
        loops.add(loop);
        return loop;
    }

    private OffsetAndMetadata committed() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listConsumerGroupOffsets(prefix + "group")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(kafka.topics().notes(), 0));
        }
    }

    private static ConditionFactory within(int seconds) {
        return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(200));
    }
}
