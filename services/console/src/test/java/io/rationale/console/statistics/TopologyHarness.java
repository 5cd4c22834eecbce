package io.rationale.console.statistics;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.statistics.CategoryCount;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** Runs the topology without a broker, and a view of what it writes. */
final class TopologyHarness implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-10-01T12:00:00Z");
    static final Duration RETENTION = Duration.ofDays(400);

    final UnreadableRecords unreadable = new UnreadableRecords();
    final StatisticsView view;
    final CategoryTables tables;
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> audit;
    private final TestOutputTopic<String, byte[]> statistics;
    private final Map<String, CategoryCount> held = new TreeMap<>();
    private Instant now;
    private long offset;

    TopologyHarness(Path stateDir) {
        this(stateDir, NOON, Set.of());
    }

    TopologyHarness(Path stateDir, Instant start, Set<String> dimensions) {
        this(
                stateDir,
                start,
                dimensions,
                new StatisticsView(new KafkaClients(Map.of()), "rationale.category-statistics"));
    }

    /** One that writes to the same topic as the other did. */
    TopologyHarness(Path stateDir, Instant start, Set<String> dimensions, TopologyHarness before) {
        this(stateDir, start, dimensions, before.view);
    }

    private TopologyHarness(Path stateDir, Instant start, Set<String> dimensions, StatisticsView view) {
        this.view = view;
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        now = start;
        driver = new TopologyTestDriver(
                StatisticsTopology.of(new StatisticsTopology.Settings(
                        Topics.DEFAULT, dimensions, RETENTION, new CountingPace(), unreadable::add)),
                config,
                start);
        audit = driver.createInputTopic("rationale.audit", new StringSerializer(), new ByteArraySerializer());
        Deserializer<byte[]> raw = (topic, bytes) -> bytes;
        statistics = driver.createOutputTopic("rationale.category-statistics", new StringDeserializer(), raw);
        tables = new CategoryTables(
                view,
                (taxonomy, category, query) -> List.of(),
                new KnownTaxonomies(Taxonomies.ragFailures(), Map::of),
                dimensions,
                RETENTION);
    }

    void decide(AuditEvent event) {
        audit.pipeInput(event.noteId(), Json.bytes(event));
    }

    void write(String key, byte[] value) {
        audit.pipeInput(key, value);
    }

    Instant now() {
        return now;
    }

    /** Lets time pass, and whatever is due then happen. */
    void pass(Duration time) {
        passOnly(time);
        for (int i = 0; i < 20; i++) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            now = now.plusSeconds(1);
        }
    }

    /** Lets time pass, and what is done of that at once happen. */
    void passOnly(Duration time) {
        driver.advanceWallClockTime(time);
        now = now.plus(time);
    }

    /** The records that were written since the last time, which the view takes in, too. */
    List<TestRecord<String, byte[]>> written() {
        List<TestRecord<String, byte[]>> records = statistics.readRecordsToList();
        List<ConsumerRecord<byte[], byte[]>> consumed = new ArrayList<>();
        records.forEach(changed -> {
            consumed.add(new ConsumerRecord<>(
                    "rationale.category-statistics",
                    0,
                    offset++,
                    changed.key().getBytes(StandardCharsets.UTF_8),
                    changed.value()));
            if (changed.value() == null) {
                held.remove(changed.key());
            } else {
                held.put(changed.key(), Json.read(changed.value(), CategoryCount.class));
            }
        });
        view.sink().apply(consumed);
        return records;
    }

    /** What a reader of the whole compacted topic holds, by key. */
    Map<String, CategoryCount> counts() {
        written();
        return held;
    }

    /** Counts of labels, whatever the dimension. */
    List<CategoryCount> labels() {
        return counts().values().stream()
                .filter(count -> count.taxonomy() != null && count.dimension() == null)
                .toList();
    }

    /** {@code version category source minute = count}, a line each. */
    List<String> lines() {
        return labels().stream()
                .map(c -> c.taxonomy().version() + " " + c.category() + " " + c.source() + " "
                        + c.bucket().toString().substring(11, 16) + " = " + c.count())
                .sorted()
                .toList();
    }

    /** {@code span start = count} of every bucket that holds labels, a line each. */
    List<String> buckets() {
        Map<String, Long> buckets = new TreeMap<>();
        labels().forEach(count -> buckets.merge(count.span().code() + " " + count.bucket(), count.count(), Long::sum));
        return buckets.entrySet().stream()
                .map(bucket -> bucket.getKey() + " = " + bucket.getValue())
                .toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
