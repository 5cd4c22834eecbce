package io.rationale.console.notes;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.deadletter.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/** Reads the dead letters, committed ones only. Thread safe. */
public final class DeadLetterReader {
    private static final long MOST_LOOKED_AT = 20_000;

    private final KafkaClients clients;
    private final String topic;

    public DeadLetterReader(KafkaClients clients, String topic) {
        this.clients = clients;
        this.topic = topic;
    }

    /**
     * Some letters, the newest first.
     *
     * @param letters what was made of them
     * @param before  by partition the offset before which the next page begins; null when there is none
     */
    public record Page<T>(List<T> letters, Map<Integer, Long> before) {
        public Page {
            letters = List.copyOf(letters);
        }
    }

    /** Shows all dead letters up to the present end, with bounded memory, by time. */
    public void forEach(Consumer<DeadLetter> visitor) {
        try (TopicScan scan = new TopicScan(clients, topic)) {
            scan.forEach(read -> visitor.accept(StoredLetter.of(read).letter()));
        }
    }

    /**
     * The newest letters before a place. Of very many others that do not pass, only some are looked at: the page may be
     * shorter than its limit and have a next one all the same.
     *
     * @param before  as the page before says; empty for the newest
     * @param filter  which letters count
     * @param limit   most of them
     * @param mapping what is made of a letter; letters themselves are not held in memory
     * @throws org.apache.kafka.common.KafkaException when Kafka does not answer
     */
    public <T> Page<T> page(
            Map<Integer, Long> before, Predicate<StoredLetter> filter, int limit, Function<StoredLetter, T> mapping) {
        try (BackwardScan<T> scan = new BackwardScan<>(
                clients,
                topic,
                before,
                read -> Optional.of(StoredLetter.of(read)).filter(filter).map(mapping),
                MOST_LOOKED_AT)) {
            List<T> letters = new ArrayList<>();
            Optional<T> next = scan.next();
            while (next.isPresent()) {
                letters.add(next.get());
                next = letters.size() < limit ? scan.next() : Optional.empty();
            }
            return new Page<>(letters, scan.isAtBeginning() ? null : scan.positions());
        }
    }

    /**
     * The letter at that place; nothing when there is none, or not any more.
     *
     * @throws org.apache.kafka.common.KafkaException when Kafka does not answer
     */
    public Optional<StoredLetter> at(int partition, long offset) {
        try (TopicRanges ranges = new TopicRanges(clients, topic)) {
            TopicPartition place = new TopicPartition(topic, partition);
            if (!ranges.partitions().contains(place)
                    || offset < ranges.beginnings(List.of(place)).get(place)
                    || offset >= ranges.ends(List.of(place)).get(place)) {
                return Optional.empty();
            }
            AtomicReference<StoredLetter> found = new AtomicReference<>();
            ranges.read(place, offset, offset + 1, read -> found.set(StoredLetter.of(read)));
            return Optional.ofNullable(found.get());
        }
    }
}
