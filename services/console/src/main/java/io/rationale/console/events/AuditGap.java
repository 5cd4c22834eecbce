package io.rationale.console.events;

import io.rationale.console.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads back what a listener missed and the {@link DecisionLog} no longer holds, or never did. Thread safe. */
final class AuditGap {
    /** Offsets of a decision, markers of transactions included, at the most; a larger gap is not looked at. */
    private static final int OFFSETS_A_DECISION = 10;

    private static final int READERS = 4;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private final String topic;
    private final int most;
    private final long mostChars;
    private final Semaphore readers = new Semaphore(READERS);

    /**
     * @param most      decisions that are read back
     * @param mostChars of their JSON
     */
    AuditGap(KafkaClients clients, String topic, int most, long mostChars) {
        this.clients = clients;
        this.topic = topic;
        this.most = most;
        this.mostChars = mostChars;
    }

    /** Whether the audit ends before any of those positions: then they are not of this audit. */
    boolean isBeyondEnd(Positions positions) {
        try (Consumer<byte[], byte[]> reader = clients.reader("console-audit-end", 1)) {
            List<TopicPartition> partitions = partitions(positions.partitions());
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions, PATIENCE);
            return partitions.stream().anyMatch(p -> positions.next(p.partition()) > ends.get(p));
        }
    }

    /**
     * The decisions from one position up to another, each partition's in its order.
     *
     * @return nothing when there are too many, or they cannot be read in time
     */
    Optional<List<Told>> read(Positions from, Positions to) throws InterruptedException {
        List<TopicPartition> behind = partitions(from.partitions()).stream()
                .filter(p -> from.next(p.partition()) < to.next(p.partition()))
                .toList();
        long offsets = behind.stream()
                .mapToLong(p -> to.next(p.partition()) - from.next(p.partition()))
                .sum();
        if (offsets > (long) OFFSETS_A_DECISION * most) {
            return Optional.empty();
        }
        if (behind.isEmpty()) {
            return Optional.of(List.of());
        }
        readers.acquire();
        try (Consumer<byte[], byte[]> reader = clients.reader("console-audit-gap", 500)) {
            reader.assign(behind);
            behind.forEach(p -> reader.seek(p, from.next(p.partition())));
            return read(reader, behind, to);
        } finally {
            readers.release();
        }
    }

    private Optional<List<Told>> read(Consumer<byte[], byte[]> reader, List<TopicPartition> behind, Positions to) {
        List<Told> found = new ArrayList<>();
        long chars = 0;
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (behind.stream().anyMatch(p -> reader.position(p) < to.next(p.partition()))) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                Optional<Told> told = record.offset() < to.next(record.partition())
                        ? Decision.of(record).map(Told::of)
                        : Optional.empty();
                told.ifPresent(found::add);
                chars += told.map(t -> t.json().length()).orElse(0);
            }
            if (found.size() > most || chars > mostChars || System.nanoTime() - patience > 0) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }

    private List<TopicPartition> partitions(int number) {
        return IntStream.range(0, number)
                .mapToObj(p -> new TopicPartition(topic, p))
                .toList();
    }
}
