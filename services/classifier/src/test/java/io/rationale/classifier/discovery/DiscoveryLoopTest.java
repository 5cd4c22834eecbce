package io.rationale.classifier.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.classifier.KafkaFixture;
import io.rationale.classifier.TestConfig;
import io.rationale.classifier.r1.R1Capacity;
import io.rationale.classifier.r1.SpareSlots;
import io.rationale.core.audit.Exchange;
import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.discovery.DiscoveryEvent.State;
import io.rationale.core.discovery.DiscoveryRequest;
import io.rationale.core.discovery.DiscoverySettings;
import io.rationale.core.discovery.NoteSample;
import io.rationale.core.discovery.StepSummary;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loop on a real broker. */
@Timeout(120)
class DiscoveryLoopTest {
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final int NEVER = Integer.MAX_VALUE;
    private static final DiscoverySettings SETTINGS = DiscoverySettings.DEFAULT.withSizes(20, 4000, 8);

    @TempDir
    static Path dataDir;

    private static EmbeddedKafka broker;

    private final List<DiscoveryLoop> loops = new ArrayList<>();
    private final AtomicInteger waitingNotes = new AtomicInteger();
    private Topics topics;

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
        topics = new Topics("d" + TESTS.incrementAndGet() + ".");
        broker.createTopics(topics.specs(1));
        kafka = new KafkaFixture(broker.bootstrapServers(), topics);
    }

    @AfterEach
    void stopLoops() throws InterruptedException {
        for (DiscoveryLoop loop : loops) {
            loop.stop();
        }
    }

    @Test
    void shouldWriteProgressResultAndEveryExchange() {
        // given
        LexicalR1 r1 = new LexicalR1(NEVER);
        start("one", r1);

        // when
        ask("run");

        // then
        DiscoveryEvent done = awaitEnd("run");
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.instance()).isEqualTo("one");
        assertThat(done.progress().done()).isEqualTo(r1.asked());
        assertThat(done.result().taxonomy().categories()).hasSizeGreaterThan(3);
        assertThat(done.result().undecided()).isZero();
        assertThat(events("run")).filteredOn(event -> event.state().isFinal()).containsExactly(done);
        assertThat(exchanges())
                .hasSize(r1.asked())
                .extracting(Exchange::id)
                .containsExactlyInAnyOrderElementsOf(done.result().steps().stream()
                        .map(StepSummary::exchangeId)
                        .toList());
    }

    @Test
    void shouldBeginAgainAfterARestartAndGiveOneResult() throws InterruptedException {
        // given
        LexicalR1 silent = new LexicalR1(3);
        DiscoveryLoop first = start("one", silent);
        ask("run");
        await().atMost(Duration.ofSeconds(30)).until(() -> exchanges().size() == 3);

        // when
        first.stop();
        start("one", new LexicalR1(NEVER));

        // then
        awaitEnd("run");
        ask("later");
        awaitEnd("later");
        assertThat(events("run")).filteredOn(event -> event.state().isFinal()).hasSize(1);
    }

    @Test
    void shouldRunNothingTwiceAfterARestart() throws InterruptedException {
        // given
        DiscoveryLoop first = start("one", new LexicalR1(NEVER));
        ask("run");
        awaitEnd("run");
        first.stop();

        // when
        LexicalR1 r1 = new LexicalR1(NEVER);
        start("one", r1);
        ask("run");
        ask("other");

        // then
        awaitEnd("other");
        assertThat(events("run")).filteredOn(event -> event.state().isFinal()).hasSize(1);
        assertThat(exchanges().size() - r1.asked()).isEqualTo(r1.asked());
    }

    @Test
    void shouldCancelTheRunInProgressAndOneThatWaits() {
        // given
        LexicalR1 silent = new LexicalR1(0);
        start("one", silent);
        ask("run");
        ask("next");
        await().atMost(Duration.ofSeconds(30)).until(() -> silent.asked() > 0);

        // when
        send(DiscoveryRequest.cancel("next", Instant.now()));
        send(DiscoveryRequest.cancel("run", Instant.now()));

        // then
        assertThat(awaitEnd("run").state()).isEqualTo(State.CANCELLED);
        assertThat(awaitEnd("next").state()).isEqualTo(State.CANCELLED);
        assertThat(exchanges()).isEmpty();
    }

    @Test
    void shouldWaitWhileNotesWait() {
        // given
        waitingNotes.set(1);
        LexicalR1 r1 = new LexicalR1(NEVER);
        start("one", r1);
        ask("run");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> events("run").stream().anyMatch(event -> event.state() == State.RUNNING));
        assertThat(r1.asked()).isZero();

        // when
        waitingNotes.set(0);

        // then
        assertThat(awaitEnd("run").state()).isEqualTo(State.DONE);
    }

    @Test
    void shouldSayWhatIsWrongWithARequest() {
        // given
        start("one", new LexicalR1(NEVER));

        // when
        kafka.send(new ProducerRecord<>(topics.discoveryRequests(), new byte[] {'x'}, new byte[] {'{'}));
        send(DiscoveryRequest.start("empty", Instant.now(), SETTINGS, NoteSample.of(List.of())));
        send(DiscoveryRequest.start("short", Instant.now(), SETTINGS.withMaxCalls(3), NoteSample.of(notes())));
        send(new DiscoveryRequest(1, "bare", DiscoveryRequest.Action.START, Instant.now(), null, null, null));

        // then
        assertThat(awaitEnd("empty").reason()).isEqualTo("There are no notes to find patterns in.");
        assertThat(awaitEnd("short").reason()).contains("and 3 are allowed");
        assertThat(awaitEnd("bare").reason()).isEqualTo("The request holds no settings or no notes.");
    }

    private DiscoveryLoop start(String instance, LexicalR1 r1) {
        DiscoveryLoop loop = new DiscoveryLoop(
                TestConfig.of(topics.prefix(), instance, Map.of()),
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                r1,
                new Capacity(),
                new SpareSlots(new Capacity()::calls, () -> 0, waitingNotes::get, Clock.systemUTC()),
                instance,
                Clock.systemUTC());
        loops.add(loop);
        loop.start();
        return loop;
    }

    private void ask(String id) {
        send(DiscoveryRequest.start(id, Instant.now(), SETTINGS, NoteSample.of(notes())));
    }

    private void send(DiscoveryRequest request) {
        kafka.send(new ProducerRecord<>(
                topics.discoveryRequests(), request.id().getBytes(StandardCharsets.UTF_8), Json.bytes(request)));
    }

    private DiscoveryEvent awaitEnd(String id) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> events(id).stream().anyMatch(event -> event.state().isFinal()));
        return events(id).getLast();
    }

    private List<DiscoveryEvent> events(String id) {
        return kafka.read(topics.discoveries()).stream()
                .map(record -> Json.read(record.value(), DiscoveryEvent.class))
                .filter(event -> event.id().equals(id))
                .toList();
    }

    private List<Exchange> exchanges() {
        return kafka.read(topics.exchanges()).stream()
                .map(record -> Json.read(record.value(), Exchange.class))
                .toList();
    }

    private static List<Note> notes() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            notes.add(Note.of("p" + i, "test", "The price list is outdated, case " + i * 37));
            notes.add(Note.of("l" + i, "test", "Dead link below my question, ticket " + i * 91));
        }
        return notes;
    }

    private static final class Capacity implements R1Capacity {
        @Override
        public int calls() {
            return 8;
        }

        @Override
        public void onRoom(Runnable action) {
            // there always is
        }

        @Override
        public int notesPerPrompt() {
            return 8;
        }

        @Override
        public int contextTokens() {
            return 32_768;
        }
    }
}
