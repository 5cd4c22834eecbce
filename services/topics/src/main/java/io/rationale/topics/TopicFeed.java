package io.rationale.topics;

import io.rationale.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Follows a small compacted topic of JSON on a thread of its own: first all that it holds, told as one change, then each change as
 * it comes. After a fault it is read anew from its beginning, which is told as one change again, so that nobody ever
 * sees an older state between. A record that cannot be read is as if it were not there. Thread safe.
 *
 * @param <V> of the values
 */
public class TopicFeed<V> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicFeed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONG_PAUSE = Duration.ofMinutes(1);

    private final Map<String, Object> kafka;
    private final String clientId;
    private final String topic;
    private final Class<V> type;
    private final Listener<V> listener;
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final Object told = new Object();
    private volatile Map<String, V> published = Map.of();
    private volatile Map<Integer, Long> read = Map.of();
    private volatile Consumer<byte[], byte[]> reading;

    /** Hears of changes, on the reading thread. */
    @FunctionalInterface
    public interface Listener<V> {
        /** @param published all that the topic holds now, by key */
        void changed(Map<String, V> published);
    }

    /**
     * @param kafka    plain Kafka client properties, bootstrap servers and security among them
     * @param clientId of its consumer, also the name of its thread
     * @param type     of the values
     */
    public TopicFeed(Map<String, Object> kafka, String clientId, String topic, Class<V> type, Listener<V> listener) {
        this.clientId = clientId;
        this.kafka = new HashMap<>(kafka);
        this.topic = topic;
        this.type = type;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name(clientId).daemon().unstarted(this::run);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /**
     * Waits until all that the topic held when it was begun is known, however long no broker answers; a topic that does
     * not exist, or may not be read, holds nothing. Returns early when it is closed.
     */
    public void awaitLoaded() throws InterruptedException {
        while (!loaded.await(100, TimeUnit.MILLISECONDS)) {
            if (closed.getCount() == 0) {
                return;
            }
        }
    }

    /** Whether all that it held when it was begun is known. */
    public boolean isLoaded() {
        return loaded.getCount() == 0;
    }

    /**
     * Waits until {@link #published()} holds all that stands before those offsets.
     *
     * @param ends by partition
     * @return false when that takes longer
     */
    public boolean awaitRead(Map<Integer, Long> ends, Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        synchronized (told) {
            while (!hasRead(ends)) {
                long millis = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (millis <= 0 || closed.getCount() == 0) {
                    return false;
                }
                told.wait(millis);
            }
        }
        return true;
    }

    private boolean hasRead(Map<Integer, Long> ends) {
        Map<Integer, Long> now = read;
        return ends.entrySet().stream().allMatch(end -> now.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** All that the topic holds, by key. */
    public Map<String, V> published() {
        return published;
    }

    /** Nothing is told any more, and nobody waits any more. */
    public void stop() {
        closed.countDown();
        synchronized (told) {
            told.notifyAll();
        }
        Consumer<byte[], byte[]> current = reading;
        if (current != null) {
            current.wakeup();
        }
    }

    @Override
    public void close() {
        stop();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (closed.getCount() > 0) {
            try (Consumer<byte[], byte[]> consumer = consumer()) {
                reading = consumer;
                read(consumer);
                pause(PAUSE);
            } catch (WakeupException | InterruptException e) {
                // Closed.
            } catch (AuthorizationException | InvalidTopicException e) {
                LOG.warnf(
                        "The topic cannot be read, and counts as empty until it can topic=%s error=%s",
                        topic, e.getMessage());
                loaded.countDown();
                pause(LONG_PAUSE);
            } catch (RuntimeException e) {
                LOG.warnf("The topic could not be read and is tried again topic=%s error=%s", topic, e.toString());
                pause(PAUSE);
            }
        }
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
        if (partitions.isEmpty()) {
            loaded.countDown();
            return;
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<String, V> values = new HashMap<>();
        while (closed.getCount() > 0
                && partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
            apply(consumer.poll(POLL), values);
        }
        tell(values);
        tellRead(consumer, partitions);
        while (closed.getCount() > 0) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                apply(records, values);
                tell(values);
            }
            tellRead(consumer, partitions);
        }
    }

    private void apply(ConsumerRecords<byte[], byte[]> records, Map<String, V> values) {
        for (ConsumerRecord<byte[], byte[]> each : records) {
            if (each.key() != null) {
                String key = new String(each.key(), StandardCharsets.UTF_8);
                values.remove(key);
                if (each.value() != null) {
                    put(values, key, each);
                }
            }
        }
    }

    private void put(Map<String, V> values, String key, ConsumerRecord<byte[], byte[]> each) {
        try {
            values.put(key, Json.read(each.value(), type));
        } catch (RuntimeException e) {
            LOG.warnf(
                    "A record that cannot be read is left out topic=%s partition=%d offset=%d",
                    each.topic(), each.partition(), each.offset());
        }
    }

    private void tell(Map<String, V> values) {
        if (closed.getCount() > 0) {
            published = Collections.unmodifiableMap(new TreeMap<>(values));
            listener.changed(published);
            loaded.countDown();
        }
    }

    /** Ends of transactions are offsets, too: it may have read on without a change. */
    private void tellRead(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        Map<Integer, Long> now = partitions.stream()
                .collect(Collectors.toUnmodifiableMap(TopicPartition::partition, consumer::position));
        if (!now.equals(read)) {
            synchronized (told) {
                read = now;
                told.notifyAll();
            }
        }
    }

    private void pause(Duration time) {
        try {
            closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(kafka);
        config.keySet().removeIf(key -> key.startsWith("group."));
        config.put("client.id", clientId);
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", "false");
        config.put("auto.offset.reset", "earliest");
        config.put("allow.auto.create.topics", "false");
        return new GrouplessConsumer(config);
    }
}
