package io.rationale.console.statistics;

import io.rationale.console.kafka.CompactedTopicReader;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.json.Json;
import io.rationale.core.statistics.CategoryCount;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * All counts, in memory: the whole category-statistics topic, read by a thread of its own from the beginning and kept up
 * to date. Every replica holds all of it and adds up what the partitions of the audit came to. Memory grows with the
 * number of different keys. Thread safe.
 */
public final class StatisticsView implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StatisticsView.class);

    private final String topic;
    private final Counts sink = new Counts();
    private final CompactedTopicReader reader;
    private final CountIndex index = new CountIndex();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private volatile long revision;

    /** @param topic the statistics */
    public StatisticsView(KafkaClients clients, String topic) {
        this.topic = topic;
        this.reader = new CompactedTopicReader(clients, topic, "statistics-view", sink);
    }

    /** Begins to read. */
    public void start() {
        reader.start();
    }

    /** Whether everything that was in the topic at the start has been read: before, counts are too low. */
    public boolean loaded() {
        return reader.loaded();
    }

    /** Grows with each change of the counts. */
    public long revision() {
        return revision;
    }

    /** The offset after the last one read there, 0 before any. */
    public long position(TopicPartition partition) {
        return reader.position(partition);
    }

    /** The models that judged notes under that version. */
    public Set<String> models(TaxonomyRef taxonomy) {
        return ask(counts -> {
            Set<String> models = new HashSet<>();
            counts.total(
                    taxonomy, null, (cell, sums) -> models.addAll(sums.models().keySet()));
            return models;
        });
    }

    /** Asks the counts, which stay as they are meanwhile. */
    <T> T ask(Function<CountIndex, T> question) {
        lock.readLock().lock();
        try {
            return question.apply(index);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Where the topic's records go. */
    CompactedTopicReader.Sink sink() {
        return sink;
    }

    /**
     * Has the listener called with the new revision after each change, on the view's thread: it must not block.
     *
     * @return ends it
     */
    public Runnable onChange(LongConsumer listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
        reader.close();
    }

    /** Takes the counts in. */
    private final class Counts implements CompactedTopicReader.Sink {
        @Override
        public void clear() {
            change(index::clear);
        }

        @Override
        public void apply(Iterable<ConsumerRecord<byte[], byte[]>> records) {
            change(() -> records.forEach(this::apply));
        }

        private void change(Runnable change) {
            lock.writeLock().lock();
            try {
                change.run();
            } finally {
                lock.writeLock().unlock();
            }
            revision++;
            listeners.forEach(listener -> listener.accept(revision));
        }

        private void apply(ConsumerRecord<byte[], byte[]> changed) {
            try {
                if (changed.value() == null) {
                    index.remove(PartialCount.ofKey(changed.key()));
                } else {
                    index.put(Json.read(changed.value(), CategoryCount.class));
                }
            } catch (RuntimeException e) {
                LOG.warnf("Skipped a count that cannot be read; topic=%s offset=%d", topic, changed.offset());
            }
        }
    }
}
