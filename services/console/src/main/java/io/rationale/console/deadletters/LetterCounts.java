package io.rationale.console.deadletters;

import io.rationale.console.kafka.CompactedTopicReader;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.notes.StoredLetter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Counts the dead letters by reason: the topic's offsets count transactions, too. Reads the whole topic at the start and
 * goes on with what comes; holds the counts only. Thread safe.
 */
public final class LetterCounts implements AutoCloseable {
    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private final CompactedTopicReader reader;

    /** @param topic the dead letters */
    public LetterCounts(KafkaClients clients, String topic) {
        this.reader = new CompactedTopicReader(clients, topic, "dead-letters", new Counting());
    }

    /** Begins to count. */
    public void start() {
        reader.start();
    }

    /** By reason; nothing while those that were there at the start are being counted. */
    public Optional<Map<String, Long>> byReason() {
        return reader.loaded() ? Optional.of(Collections.unmodifiableMap(new TreeMap<>(counts))) : Optional.empty();
    }

    /** All of them; nothing while they are being counted. */
    public Optional<Long> total() {
        return byReason()
                .map(all -> all.values().stream().mapToLong(Long::longValue).sum());
    }

    @Override
    public void close() {
        reader.close();
    }

    private final class Counting implements CompactedTopicReader.Sink {
        @Override
        public void clear() {
            counts.clear();
        }

        @Override
        public void apply(Iterable<ConsumerRecord<byte[], byte[]>> records) {
            records.forEach(read -> counts.merge(reason(read), 1L, Long::sum));
        }

        private static String reason(ConsumerRecord<byte[], byte[]> read) {
            Header reason = read.headers().lastHeader("reason");
            return reason == null || reason.value() == null
                    ? StoredLetter.NO_HEADERS
                    : new String(reason.value(), StandardCharsets.UTF_8);
        }
    }
}
