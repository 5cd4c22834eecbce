package io.rationale.console.statistics;

import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static io.rationale.console.Events.reviewed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts that move from one process to another, on a real broker. */
class HandoverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int NOTES = 300;

    @TempDir
    Path directory;

    private EmbeddedKafka broker;
    private KafkaProducer<byte[], byte[]> producer;
    private StatisticsView view;
    private StoresOnDisk onDisk;
    private final List<KafkaStreams> running = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        broker.createTopics(Topics.DEFAULT.specs(3));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        view = new StatisticsView(
                new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers())),
                Topics.DEFAULT.categoryStatistics());
        view.start();
    }

    @AfterEach
    void stop() {
        running.forEach(KafkaStreams::close);
        view.close();
        producer.close();
        broker.close();
    }

    private KafkaStreams console(String stateDir) {
        Properties config = new Properties();
        config.put("application.id", "counting");
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("state.dir", directory.resolve(stateDir).toString());
        config.put("processing.guarantee", "exactly_once_v2");
        config.put("group.protocol", "streams");
        // None but those that the topology asks for.
        config.put("commit.interval.ms", 600_000);
        config.put("producer.transaction.timeout.ms", 700_000);
        StreamsBuilder builder = new StreamsBuilder();
        StatisticsTopology.addTo(
                builder,
                new StatisticsTopology.Settings(
                        Topics.DEFAULT, Set.of(), TopologyHarness.RETENTION, new CountingPace(), () -> {}));
        KafkaStreams streams = new KafkaStreams(builder.build(), config);
        running.add(streams);
        onDisk = new StoresOnDisk(directory.resolve(stateDir), "counting");
        onDisk.prepare(streams);
        streams.start();
        return streams;
    }

    private void decide(AuditEvent event) {
        producer.send(new ProducerRecord<>(
                Topics.DEFAULT.audit(), event.noteId().getBytes(StandardCharsets.UTF_8), Json.bytes(event)));
    }

    private void awaitCounts(Map<String, Long> expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(counts()).isEqualTo(expected));
    }

    private Map<String, Long> counts() {
        return view.ask(index -> {
            Map<String, Long> counts = new HashMap<>();
            index.total(V1, null, (cell, sums) -> counts.merge(cell.category(), sums.notes(), Long::sum));
            return counts;
        });
    }

    private void classifyAll(String category) {
        for (int i = 0; i < NOTES; i++) {
            decide(classified(note("n" + i), V1, category));
        }
        producer.flush();
    }

    private void reviewEveryThird(String category) {
        for (int i = 0; i < NOTES; i += 3) {
            decide(reviewed("n" + i, V1, category));
        }
        producer.flush();
    }

    @Test
    void shouldGoOnFromTheChangelogWithAnEmptyDisk() {
        KafkaStreams first = console("a");
        classifyAll("other");
        awaitCounts(Map.of("other", 300L));
        first.close();

        console("b");
        reviewEveryThird("no-error");

        awaitCounts(Map.of("other", 200L, "no-error", 100L));
    }

    @Test
    void shouldGoOnWhenItWasKilledWhileItDeletedAStore() throws IOException {
        KafkaStreams first = console("a");
        classifyAll("other");
        awaitCounts(Map.of("other", 300L));
        first.close();
        try (Stream<Path> files = Files.walk(directory.resolve("a"))) {
            for (Path file : files.filter(file -> file.endsWith("CURRENT")).toList()) {
                Files.delete(file);
            }
        }

        console("a");
        reviewEveryThird("no-error");

        awaitCounts(Map.of("other", 200L, "no-error", 100L));
    }

    @Test
    void shouldKeepStoresThatWereClosedInOrder() throws IOException {
        KafkaStreams first = console("a");
        classifyAll("other");
        awaitCounts(Map.of("other", 300L));
        first.close();
        onDisk.leave(new ShutdownEvent());
        Set<Object> before = storeKeys();

        console("a").close();

        assertThat(storeKeys()).isNotEmpty().containsAll(before);
    }

    /** What a file is beyond its name: a store that is made anew has others. */
    private Set<Object> storeKeys() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("a"))) {
            Set<Object> keys = new HashSet<>();
            for (Path file : files.filter(file -> file.endsWith("IDENTITY")).toList()) {
                keys.add(Files.readString(file));
            }
            return keys;
        }
    }

    @Test
    void shouldGoOnFromAStandbyAndBack() {
        try (StandbyReplicas replicas = new StandbyReplicas(
                new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers())), "counting", 1)) {
            replicas.start();
            KafkaStreams first = console("a");
            console("b");
            classifyAll("other");
            awaitCounts(Map.of("other", 300L));
            awaitShared();

            first.close();
            reviewEveryThird("no-error");
            awaitCounts(Map.of("other", 200L, "no-error", 100L));

            running.remove(first);
            console("a");
            classifyAll("missed-retrieval");
            awaitCounts(Map.of("missed-retrieval", 200L, "no-error", 100L));
            awaitShared();
            reviewEveryThird("other");
            awaitCounts(Map.of("missed-retrieval", 200L, "other", 100L));
        }
    }

    /** Both processes are at work, and each keeps copies for the other. */
    private void awaitShared() {
        await().atMost(PATIENCE)
                .until(() -> running.stream().allMatch(streams -> streams.metadataForLocalThreads().stream()
                        .allMatch(thread -> !thread.activeTasks().isEmpty()
                                && !thread.standbyTasks().isEmpty())));
    }
}
