package io.rationale.console.statistics;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.statistics.CategoryCount;
import io.rationale.core.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Runs the topology without a broker. */
final class TopologyHarness implements AutoCloseable {
    final UnreadableRecords unreadable = new UnreadableRecords();
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> audit;
    private final TestOutputTopic<String, byte[]> statistics;

    TopologyHarness(Path stateDir) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        driver = new TopologyTestDriver(StatisticsTopology.of(Topics.DEFAULT, unreadable::add), config);
        audit = driver.createInputTopic("rationale.audit", new StringSerializer(), new ByteArraySerializer());
        Deserializer<byte[]> raw = (topic, bytes) -> bytes;
        statistics = driver.createOutputTopic("rationale.category-statistics", new StringDeserializer(), raw);
    }

    void decide(AuditEvent event) {
        audit.pipeInput(event.noteId(), Json.bytes(event));
    }

    void write(String key, byte[] value) {
        audit.pipeInput(key, value);
    }

    /** What a reader of the whole compacted topic holds, by key. */
    Map<String, CategoryCount> counts() {
        statistics.readRecordsToList().forEach(changed -> {
            if (changed.value() == null) {
                held.remove(changed.key());
            } else {
                held.put(changed.key(), Json.read(changed.value(), CategoryCount.class));
            }
        });
        return held;
    }

    private final Map<String, CategoryCount> held = new TreeMap<>();

    /** {@code version category source minute = count}, a line each. */
    List<String> lines() {
        return counts().values().stream()
                .map(c -> c.taxonomy().version() + " " + c.category() + " " + c.source() + " "
                        + c.bucket().toString().substring(11, 16) + " = " + c.count())
                .sorted()
                .toList();
    }

    List<NoteSummary> labelled(String prefix) {
        List<NoteSummary> notes = new ArrayList<>();
        try (KeyValueIterator<String, NoteSummary> all = driver.<String, NoteSummary>getKeyValueStore(
                        StatisticsTopology.LABELLED_NOTES)
                .range(prefix, LabelledNoteKey.end(prefix))) {
            all.forEachRemaining(entry -> notes.add(entry.value));
        }
        return notes;
    }

    @Override
    public void close() {
        driver.close();
    }
}
