package io.rationale.console.events;

import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.console.Events;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.statistics.StatisticsView;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas of the live events on one broker. */
class LiveEventsTest {
    private static final int KEPT = 20;

    @TempDir
    static Path directory;

    private static EmbeddedKafka broker;
    private static int tests;

    private final List<LiveEvents> replicas = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private KafkaClients clients;
    private Topics topics;
    private KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(directory, 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void open() {
        clients = new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers()));
        topics = new Topics("events" + tests++ + ".");
        broker.createTopics(topics.specs(3));
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "transactional.id",
                        "events-" + UUID.randomUUID()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    @AfterEach
    void close() {
        listeners.forEach(Listener::close);
        replicas.forEach(LiveEvents::close);
        producer.close();
    }

    private LiveEvents replica(int kept) throws InterruptedException {
        StatisticsView view = new StatisticsView(clients, topics.categoryStatistics());
        LiveEvents events = new LiveEvents(clients, topics.audit(), view, new LiveSignals(), kept);
        replicas.add(events);
        events.start();
        // Whoever listens knows that it has started.
        listen(events, null).next();
        return events;
    }

    private Listener listen(LiveEvents events, String lastId) throws InterruptedException {
        Listener listener = new Listener(true);
        listeners.add(listener);
        events.listen(lastId, () -> true).subscribe().withSubscriber(listener);
        return listener;
    }

    private List<String> decide(int from, int to) {
        List<String> ids = IntStream.range(from, to).mapToObj(i -> "n" + i).toList();
        producer.beginTransaction();
        ids.forEach(id -> send(classified(note(id, "clinic", Events.TEN, "Text of " + id), V1, "other")));
        producer.commitTransaction();
        return ids;
    }

    private void send(AuditEvent event) {
        producer.send(new ProducerRecord<>(
                topics.audit(), event.noteId().getBytes(StandardCharsets.UTF_8), Json.bytes(event)));
    }

    @Test
    void shouldTellDecisionsWithoutTheirTexts() throws Exception {
        // given
        Listener listener = listen(replica(KEPT), null);

        // when
        producer.beginTransaction();
        send(classified(note("a", "clinic", Events.TEN, "A secret."), V1, "no-error"));
        producer.commitTransaction();
        Feed.Message first = listener.next("decisions");
        producer.beginTransaction();
        send(Events.unclassifiable(note("a", "clinic", Events.TEN, "A secret."), V1));
        send(Events.reviewed("a", V1, "other"));
        producer.send(new ProducerRecord<>(topics.audit(), "a".getBytes(StandardCharsets.UTF_8), new byte[] {'x'}));
        producer.commitTransaction();
        List<JsonNode> later = listener.decisions(2);

        // then
        assertThat(first.data()).doesNotContain("secret");
        JsonNode classified =
                Json.tree(first.data().getBytes(StandardCharsets.UTF_8)).at("/decisions/0");
        assertThat(classified.path("type").asText()).isEqualTo("classified");
        assertThat(classified.path("noteId").asText()).isEqualTo("a");
        assertThat(classified.path("source").asText()).isEqualTo("clinic");
        assertThat(classified.at("/taxonomy/id").asText()).isEqualTo("rag-failures");
        assertThat(classified.path("category").asText()).isEqualTo("no-error");
        assertThat(classified.path("agreement").asDouble()).isEqualTo(1);
        assertThat(classified.path("at").asText()).isEqualTo("2026-10-01T10:00:30Z");
        assertThat(later).extracting(d -> d.path("type").asText()).containsExactly("unclassifiable", "reviewed");
        assertThat(later.getFirst().has("category")).isFalse();
        assertThat(later.getLast().path("category").asText()).isEqualTo("other");
    }

    @Test
    void shouldNotTellWhatWasAborted() throws Exception {
        // given
        Listener listener = listen(replica(KEPT), null);

        // when
        producer.beginTransaction();
        send(classified(note("never"), V1, "other"));
        producer.flush();
        producer.abortTransaction();
        List<String> ids = decide(0, 3);

        // then
        assertThat(listener.noteIds(3)).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void shouldGoOnAfterEveryIdAtEveryReplica() throws Exception {
        // given: one small log, one that holds everything, one that starts late
        LiveEvents small = replica(5);
        LiveEvents large = replica(1_000);
        Listener first = listen(small, null);
        List<String> ids = new ArrayList<>();
        List<String> places = new ArrayList<>(List.of(first.greeting()));
        List<List<String>> told = new ArrayList<>(List.of(List.of()));
        for (int i = 0; i < 12; i++) {
            ids.addAll(decide(3 * i, 3 * i + 3));
            List<String> now = new ArrayList<>(told.getLast());
            now.addAll(first.noteIds(3));
            told.add(now);
            places.add(first.lastId());
        }
        LiveEvents late = replica(1_000);

        for (int i = 0; i < places.size(); i++) {
            for (LiveEvents replica : List.of(small, large, late)) {
                // when
                Listener again = listen(replica, places.get(i));

                // then
                List<String> missed = new ArrayList<>(ids);
                missed.removeAll(told.get(i));
                assertThat(again.noteIds(missed.size())).containsExactlyInAnyOrderElementsOf(missed);
            }
        }

        // and nothing twice when it goes on live
        Listener live = listen(late, places.get(4));
        live.noteIds(ids.size() - told.get(4).size());
        assertThat(live.noteIdsOf(decide(100, 104))).containsExactlyInAnyOrder("n100", "n101", "n102", "n103");
    }

    @Test
    void shouldResetWhatItCannotGoOnAfter() throws Exception {
        // given
        LiveEvents events = replica(KEPT);
        Positions beyond = Positions.zero(3);
        beyond.advance(1, 1_000_000);
        Positions otherTopic = Positions.zero(7);

        for (String id : List.of("garbage", beyond.encode(), otherTopic.encode())) {
            // when
            Listener listener = listen(events, id);

            // then
            Feed.Message reset = listener.next("reset");
            assertThat(reset.data()).contains("not one of this audit");
            assertThat(Positions.decode(reset.id())).isPresent();
        }
    }

    @Test
    void shouldResetAListenerThatDoesNotKeepUp() throws Exception {
        // given
        LiveEvents events = replica(KEPT);
        Listener slow = new Listener(false);
        listeners.add(slow);
        events.listen(null, () -> true).subscribe().withSubscriber(slow);
        Listener quick = listen(events, null);

        // when
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addAll(decide(10 * i, 10 * i + 10));
            quick.noteIds(10);
        }
        slow.request(10);

        // then
        assertThat(slow.next("reset").data()).contains("left out");
        assertThat(slow.noteIdsOf(decide(900, 901))).containsExactly("n900");
    }

    @Test
    void shouldLeaveOutWhatNobodyCouldBeTold() throws Exception {
        // given
        LiveEvents events = replica(KEPT);
        Listener listener = listen(events, null);
        String before = listener.greeting();

        // when
        decide(0, 3_000);

        // then
        assertThat(listener.next("reset").data()).contains("left out");
        decide(5_000, 5_001);
        String told = "";
        while (!told.contains("n5000")) {
            told = listener.next("decisions").data();
        }
        assertThat(listen(events, before).noteIds(3_001)).contains("n5000").doesNotHaveDuplicates();
    }

    @Test
    void shouldTellOfAlertsAndEndAtTheStop() throws Exception {
        // given
        LiveSignals signals = new LiveSignals();
        LiveEvents events = new LiveEvents(
                clients, topics.audit(), new StatisticsView(clients, topics.categoryStatistics()), signals, KEPT);
        events.start();
        Listener listener = listen(events, null);
        assertThat(listener.next("statistics").data()).isEqualTo("{\"revision\":0}");

        // when
        signals.changed("alerts");
        Feed.Message alerts = listener.next("alerts");
        events.close();

        // then
        assertThat(alerts.data()).isEqualTo("{\"revision\":1}");
        assertThat(listener.next("end").name()).isEqualTo("end");
    }

    /** Takes one message after the other, or as many as asked for. */
    private static final class Listener implements Flow.Subscriber<Feed.Message> {
        private final BlockingQueue<Feed.Message> got = new LinkedBlockingQueue<>();
        private final List<JsonNode> decisions = new ArrayList<>();
        private final boolean isKeen;
        private Flow.Subscription subscription;
        private String lastId;

        Listener(boolean isKeen) {
            this.isKeen = isKeen;
        }

        @Override
        public void onSubscribe(Flow.Subscription to) {
            subscription = to;
            to.request(isKeen ? 1 : 2);
        }

        @Override
        public void onNext(Feed.Message message) {
            got.add(message);
            if (isKeen) {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            got.add(new Feed.Message("error", null, failure.toString()));
        }

        @Override
        public void onComplete() {
            got.add(new Feed.Message("end", null, null));
        }

        void request(int messages) {
            subscription.request(messages);
        }

        void close() {
            subscription.cancel();
        }

        String greeting() throws InterruptedException {
            return next().id();
        }

        String lastId() {
            return lastId;
        }

        Feed.Message next() throws InterruptedException {
            Feed.Message next = got.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("a message within 30 s").isNotNull();
            lastId = next.id() == null ? lastId : next.id();
            return next;
        }

        Feed.Message next(String name) throws InterruptedException {
            Feed.Message next = next();
            while (!name.equals(next.name())) {
                next = next();
            }
            return next;
        }

        /** Exactly so many further decisions. */
        List<JsonNode> decisions(int number) throws InterruptedException {
            while (decisions.size() < number) {
                Json.tree(next("decisions").data().getBytes(StandardCharsets.UTF_8))
                        .path("decisions")
                        .forEach(decisions::add);
            }
            assertThat(decisions).hasSize(number);
            List<JsonNode> taken = List.copyOf(decisions);
            decisions.clear();
            return taken;
        }

        List<String> noteIds(int number) throws InterruptedException {
            return decisions(number).stream()
                    .map(decision -> decision.path("noteId").asText())
                    .toList();
        }

        List<String> noteIdsOf(List<String> decided) throws InterruptedException {
            return noteIds(decided.size());
        }
    }
}
