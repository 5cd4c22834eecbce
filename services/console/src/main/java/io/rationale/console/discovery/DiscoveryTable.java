package io.rationale.console.discovery;

import io.rationale.console.kafka.CompactedTopicReader;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.json.Json;
import io.rationale.core.r1.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** How all discoveries stand, as the topic says; results stay there and only their place is kept. Thread safe. */
final class DiscoveryTable implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DiscoveryTable.class);
    private static final Comparator<Entry> NEWEST_FIRST = Comparator.comparing(
                    (Entry each) -> each.event().requestedAt())
            .reversed()
            .thenComparing(each -> each.event().id());

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final CompactedTopicReader reader;
    private final Runnable onChange;

    /**
     * How one stands.
     *
     * @param event      without its result
     * @param categories that it found, or null before that
     * @param usage      what it took so far, or null
     * @param partition  where the topic says so, with the result
     * @param offset     there
     */
    record Entry(DiscoveryEvent event, Integer categories, Usage usage, int partition, long offset) {}

    /** @param onChange is run after changes and must not block */
    DiscoveryTable(KafkaClients clients, String topic, Runnable onChange) {
        this.onChange = onChange;
        this.reader = new CompactedTopicReader(clients, topic, "discoveries", new Records());
    }

    void start() {
        reader.start();
    }

    /** Whether everything that was in the topic at the start has been read. */
    boolean loaded() {
        return reader.loaded();
    }

    Optional<Entry> get(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    List<Entry> newest(int most) {
        return entries.values().stream().sorted(NEWEST_FIRST).limit(most).toList();
    }

    @Override
    public void close() {
        reader.close();
    }

    private final class Records implements CompactedTopicReader.Sink {
        @Override
        public void clear() {
            entries.clear();
        }

        @Override
        public void apply(Iterable<ConsumerRecord<byte[], byte[]>> records) {
            records.forEach(this::apply);
            onChange.run();
        }

        private void apply(ConsumerRecord<byte[], byte[]> changed) {
            if (changed.key() == null) {
                return;
            }
            String id = new String(changed.key(), StandardCharsets.UTF_8);
            if (changed.value() == null) {
                entries.remove(id);
                return;
            }
            try {
                entries.put(id, entry(Json.read(changed.value(), DiscoveryEvent.class), changed));
            } catch (RuntimeException e) {
                LOG.warnf(
                        "Skipped a discovery that cannot be read; partition=%d offset=%d",
                        changed.partition(), changed.offset());
            }
        }

        private Entry entry(DiscoveryEvent event, ConsumerRecord<byte[], byte[]> at) {
            boolean isDone = event.result() != null;
            Usage spent = event.progress() == null ? null : event.progress().usage();
            return new Entry(
                    event.with(null),
                    isDone ? event.result().categories().size() : null,
                    isDone ? event.result().usage() : spent,
                    at.partition(),
                    at.offset());
        }
    }
}
