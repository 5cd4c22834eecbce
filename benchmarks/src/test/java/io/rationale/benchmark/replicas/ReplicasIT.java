package io.rationale.benchmark.replicas;

import static io.rationale.benchmark.replicas.RandomHistory.SOURCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.benchmark.check.CommittedRecords;
import io.rationale.benchmark.stack.Await;
import io.rationale.benchmark.stack.BrokerProcess;
import io.rationale.benchmark.stack.ConsoleProcess;
import io.rationale.benchmark.stack.Events;
import io.rationale.benchmark.stack.Processes;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two packaged consoles with their own stores and indexes on one broker. One is killed while decisions, requests and
 * listeners come; whatever anybody asks, the answer is that of a plain recount of the audit.
 */
class ReplicasIT {
    private static final String PREFIX = "rationale.";
    private static final String COPY = "copy.";
    private static final int PARTITIONS = 6;
    private static final int EVENTS = 2_000;
    private static final int REQUESTS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final List<String> SMALL =
            List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
    private static final List<String> VERSIONS =
            List.of(RandomHistory.V1.toString(), RandomHistory.V2.toString(), "unheard-of@9");

    private final long seed = Long.getLong("seed", System.nanoTime() & 0xFFFFFF);
    private final Random random = new Random(seed);
    private final Instant now = Instant.now();
    private final RandomHistory history = new RandomHistory(seed, now);
    private final Processes processes = Processes.create(false);
    private BrokerProcess broker;
    private KafkaProducer<String, byte[]> producer;
    private long committed;

    @AfterEach
    void end() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
        processes.close();
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void shouldAnswerAsARecountWhicheverReplicaDies() throws Exception {
        // given
        System.out.println("seed " + seed);
        broker = BrokerProcess.start(processes, 0);
        broker.createTopics(PREFIX, PARTITIONS);
        producer = producer();
        ConsoleProcess killed = start("killed", PREFIX);
        ConsoleProcess surviving = start("surviving", PREFIX);
        awaitAnswers(killed);
        awaitAnswers(surviving);

        try (Events before = Events.listen(killed.uri("/api/v1/events"));
                KeyedRequests requests = new KeyedRequests(List.of(killed, surviving))) {
            Await.until("the listener is connected", PATIENCE, () -> !before.lastId()
                    .isEmpty());

            // when
            write(EVENTS / 2);
            Await.until("the listener hears", PATIENCE, () -> !decisions(before).isEmpty());
            sendRequests(requests, "before");
            write(EVENTS / 4, () -> {
                sendRequests(requests, "meanwhile");
                killed.process().kill();
            });
            sendRequests(requests, "after");
            try (Events after = Events.listen(surviving.uri("/api/v1/events"), before.lastId())) {
                write(EVENTS / 4);
                List<ConsumerRecord<String, byte[]>> audit = committed(PREFIX + "audit", committed);
                AuditRecount recount = recount(audit);

                // then
                awaitCounted(surviving, recount);
                shouldHearEachDecisionOnce(before, after, audit);
                shouldEqual(surviving, recount);
                shouldBeWrittenOnce(requests);

                // and the killed one comes back
                killed.restart();
                ConsoleProcess replayed = replay(audit);
                awaitAnswers(killed);
                awaitCounted(killed, recount);
                shouldAnswerAlike(surviving, killed, recount);

                // and a replay from the beginning gives the same bytes
                for (String path : tables()) {
                    awaitText(replayed, path, text(surviving, path));
                }
            }
        }
    }

    private ConsoleProcess start(String name, String prefix) {
        return ConsoleProcess.start(
                processes,
                name,
                SMALL,
                broker.bootstrapServers(),
                prefix,
                Map.of("RATIONALE_TOPICS_PARTITIONS", String.valueOf(PARTITIONS)));
    }

    private static void awaitAnswers(ConsoleProcess console) {
        Await.present("the counts", PATIENCE, () -> console.get("/api/v1/statistics"));
        Await.present("the notes", PATIENCE, () -> console.get("/api/v1/notes?limit=1"));
    }

    private KafkaProducer<String, byte[]> producer() {
        KafkaProducer<String, byte[]> made = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "classifier"),
                new StringSerializer(),
                new ByteArraySerializer());
        made.initTransactions();
        return made;
    }

    private void write(int events) {
        write(events, () -> {});
    }

    /** In transactions of some events, of which every eighth is aborted; in the middle of one something happens. */
    private void write(int events, Runnable inTheMiddle) {
        boolean happened = false;
        for (int written = 0; written < events; ) {
            boolean aborted = random.nextInt(8) == 0;
            producer.beginTransaction();
            for (int left = 1 + random.nextInt(40); left > 0; left--) {
                AuditEvent event = history.next();
                producer.send(new ProducerRecord<>(PREFIX + "audit", event.noteId(), Json.bytes(event)));
                written += aborted ? 0 : 1;
                committed += aborted ? 0 : 1;
            }
            producer.flush();
            if (!happened && written >= events / 2) {
                happened = true;
                inTheMiddle.run();
            }
            if (aborted) {
                producer.abortTransaction();
            } else {
                producer.commitTransaction();
            }
        }
    }

    private static void sendRequests(KeyedRequests requests, String when) {
        for (int i = 0; i < REQUESTS; i++) {
            requests.send(when + "-" + i);
        }
    }

    /** All of so many; a commit is answered a moment before everybody sees it. */
    private List<ConsumerRecord<String, byte[]>> committed(String topic, long expected) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (CommittedRecords reader = new CommittedRecords(broker.bootstrapServers(), List.of(topic))) {
            Await.until("what is written to " + topic, PATIENCE, () -> {
                reader.poll(records::add);
                return records.size() >= expected;
            });
            reader.readToEnd(records::add);
        }
        return records;
    }

    private static AuditRecount recount(List<ConsumerRecord<String, byte[]>> audit) {
        AuditRecount recount = new AuditRecount();
        audit.forEach(each -> recount.add(each.partition(), each.offset(), Json.tree(each.value())));
        return recount;
    }

    /** The sum of decided and undecided says when it is worth looking closely; the index says how far it is itself. */
    private void awaitCounted(ConsoleProcess console, AuditRecount recount) {
        Answers answers = new Answers(console, recount);
        AssertionError[] last = new AssertionError[1];
        try {
            Await.until("everything is counted", PATIENCE, () -> {
                try {
                    VERSIONS.forEach(version -> {
                        answers.shouldCount(version, null, "");
                        answers.shouldList(version, null, null);
                    });
                    recount.notes().keySet().stream().limit(40).forEach(answers::shouldTell);
                    return true;
                } catch (AssertionError e) {
                    last[0] = e;
                    return false;
                }
            });
        } catch (IllegalStateException e) {
            throw new AssertionError("seed " + seed, last[0] == null ? e : last[0]);
        }
    }

    private void shouldEqual(ConsoleProcess console, AuditRecount recount) {
        Answers answers = new Answers(console, recount);
        for (String version : VERSIONS) {
            for (String range : ranges()) {
                answers.shouldCount(version, null, range);
                SOURCES.forEach(source -> answers.shouldCount(version, source, range));
            }
            SOURCES.forEach(source -> answers.shouldList(version, source, null));
            Stream.of("~undecided", "own-words", "other").forEach(label -> answers.shouldList(version, null, label));
        }
        recount.notes().keySet().forEach(answers::shouldTell);
    }

    /** Everything, and ranges within minutes, hours and days, and with one bound. */
    private List<String> ranges() {
        return List.of(
                "",
                range(Duration.ofHours(36).plusSeconds(77), Duration.ofHours(5)),
                range(Duration.ofDays(50).plusMinutes(33), Duration.ofDays(3)),
                range(Duration.ofDays(300).plusMinutes(501), Duration.ofDays(70).plusMinutes(7)),
                "to=" + now.minus(Duration.ofDays(30)),
                "from=" + now.minus(Duration.ofDays(2)) + "&to=" + now.plus(Duration.ofDays(1)));
    }

    private String range(Duration from, Duration to) {
        return "from=" + now.minus(from) + "&to=" + now.minus(to);
    }

    private static List<String> decisions(Events events) {
        List<String> places = new ArrayList<>();
        for (Events.Event event : events.sofar()) {
            assertThat(event.name()).isNotEqualTo("reset");
            if (event.name().equals("decisions")) {
                for (JsonNode each :
                        Json.tree(event.data().getBytes(StandardCharsets.UTF_8)).path("decisions")) {
                    places.add(each.path("partition").asInt() + "@"
                            + each.path("offset").asLong());
                }
            }
        }
        return places;
    }

    private void shouldHearEachDecisionOnce(Events before, Events after, List<ConsumerRecord<String, byte[]>> audit) {
        List<String> expected = audit.stream()
                .map(each -> each.partition() + "@" + each.offset())
                .toList();
        Await.until(
                "the listener has heard all",
                PATIENCE,
                () -> decisions(before).size() + decisions(after).size() >= expected.size());
        assertThat(Stream.of(before, after).flatMap(events -> decisions(events).stream()))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(decisions(after)).isNotEmpty();
    }

    private void shouldBeWrittenOnce(KeyedRequests requests) throws Exception {
        List<String> ids = new ArrayList<>();
        for (List<String> same : requests.answers()) {
            assertThat(same).as("seed %d", seed).containsOnly(same.getFirst());
            JsonNode answer = Json.tree(same.getFirst().getBytes(StandardCharsets.UTF_8));
            assertThat(answer.path("accepted").asInt()).isEqualTo(KeyedRequests.NOTES_EACH);
            ids.addAll(answer.path("notes").findValuesAsText("id"));
        }
        assertThat(ids).hasSize(3 * REQUESTS * KeyedRequests.NOTES_EACH);
        assertThat(committed(PREFIX + "notes", ids.size()))
                .as("seed %d", seed)
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    /** Another deployment whose audit has the same records. */
    private ConsoleProcess replay(List<ConsumerRecord<String, byte[]>> audit) {
        broker.createTopics(COPY, PARTITIONS);
        producer.beginTransaction();
        audit.forEach(each -> producer.send(
                new ProducerRecord<>(COPY + "audit", each.partition(), each.timestamp(), each.key(), each.value())));
        producer.commitTransaction();
        return start("replayed", COPY);
    }

    private List<String> tables() {
        return VERSIONS.stream()
                .flatMap(version -> Stream.concat(
                        Stream.of("/api/v1/statistics?window=all&taxonomy=" + version),
                        SOURCES.stream()
                                .map(source -> "/api/v1/statistics?window=all&taxonomy=" + version + "&source="
                                        + Answers.encoded(source))))
                .toList();
    }

    private void shouldAnswerAlike(ConsoleProcess one, ConsoleProcess other, AuditRecount recount) {
        List<String> paths = new ArrayList<>(tables());
        ranges().forEach(range -> Stream.of("", "/series", "/by/source")
                .forEach(kind -> paths.add("/api/v1/statistics" + kind + "?" + range)));
        paths.addAll(List.of(
                "/api/v1/taxonomies",
                "/api/v1/sources",
                "/api/v1/notes?limit=500",
                "/api/v1/notes?limit=500&sort=time&q=dose",
                "/api/v1/export/verdicts?format=ndjson"));
        recount.notes().keySet().forEach(id -> paths.add("/api/v1/notes/" + Answers.encoded(id)));
        paths.forEach(path ->
                assertThat(text(other, path)).as(path + ", seed " + seed).isEqualTo(text(one, path)));
    }

    private void awaitText(ConsoleProcess console, String path, String expected) {
        String[] last = {""};
        try {
            Await.until(path, PATIENCE, () -> {
                last[0] = console.get(path)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse("");
                return last[0].equals(expected);
            });
        } catch (IllegalStateException e) {
            assertThat(last[0]).as(path + ", seed " + seed).isEqualTo(expected);
        }
    }

    private static String text(ConsoleProcess console, String path) {
        return new String(
                console.get(path).orElseThrow(() -> new AssertionError("no answer to " + path)),
                StandardCharsets.UTF_8);
    }
}
