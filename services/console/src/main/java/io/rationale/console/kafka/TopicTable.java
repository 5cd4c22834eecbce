package io.rationale.console.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * A small compacted topic as a map in memory: the latest value of each key, sorted by key, kept up to date by a {@link
 * CompactedTopicReader}. A record that cannot be read is passed over, and what its key had before stays. Thread safe.
 *
 * @param <V> of the values, immutable
 */
public final class TopicTable<V> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicTable.class);

    private final String topic;
    private final Function<byte[], V> decode;
    private final ConcurrentSkipListMap<String, V> values = new ConcurrentSkipListMap<>();
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final CompactedTopicReader reader;

    /**
     * @param name   of the thread that reads
     * @param decode makes a value of a record's bytes, or throws any {@link RuntimeException}
     */
    public TopicTable(KafkaClients clients, String topic, String name, Function<byte[], V> decode) {
        this.topic = topic;
        this.decode = decode;
        this.reader = new CompactedTopicReader(clients, topic, name, new Records());
    }

    /** Begins to read. A topic that does not exist yet is waited for. */
    public void start() {
        reader.start();
    }

    /** Whether everything that was in the topic at the start has been read. */
    public boolean loaded() {
        return reader.loaded();
    }

    /** The value of that key. */
    public Optional<V> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** A copy of everything, sorted by key. */
    public Map<String, V> all() {
        return Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * Has the listener called after each change, on the reading thread: it must not block.
     *
     * @return ends it
     */
    public Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
        reader.close();
    }

    private final class Records implements CompactedTopicReader.Sink {
        @Override
        public void clear() {
            values.clear();
        }

        @Override
        public void apply(Iterable<ConsumerRecord<byte[], byte[]>> records) {
            records.forEach(this::apply);
            listeners.forEach(Runnable::run);
        }

        private void apply(ConsumerRecord<byte[], byte[]> changed) {
            if (changed.key() == null) {
                return;
            }
            String key = new String(changed.key(), StandardCharsets.UTF_8);
            if (changed.value() == null) {
                values.remove(key);
                return;
            }
            try {
                values.put(key, decode.apply(changed.value()));
            } catch (RuntimeException e) {
                LOG.warnf(
                        "Skipped a record that cannot be read; topic=%s partition=%d offset=%d",
                        topic, changed.partition(), changed.offset());
            }
        }
    }
}
