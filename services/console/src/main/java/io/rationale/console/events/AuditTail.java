package io.rationale.console.events;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.kafka.ReaderThread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Follows the whole audit from its end at the start, committed records only, on a thread of its own, and keeps the last
 * decisions in a {@link DecisionLog}. After a fault it goes on where it was. When it is further behind than anybody could
 * be told, it goes on at the end. Thread safe.
 */
final class AuditTail implements AutoCloseable {
    private static final int RECORDS_A_POLL = 500;
    private static final Duration POLL = Duration.ofMillis(500);

    private final String topic;
    private final DecisionLog log;
    private final long mostBehind;
    private final Runnable onNews;
    private final CountDownLatch started = new CountDownLatch(1);
    private final ReaderThread thread;

    /**
     * @param mostBehind offsets that it may be behind
     * @param onNews     is run on the tail's thread after decisions were added: must not block
     */
    AuditTail(KafkaClients clients, String topic, DecisionLog log, long mostBehind, Runnable onNews) {
        this.topic = topic;
        this.log = log;
        this.mostBehind = mostBehind;
        this.onNews = onNews;
        this.thread = new ReaderThread(
                "audit-tail", () -> clients.reader("console-audit-tail", RECORDS_A_POLL), this::follow);
    }

    /** Begins to read. */
    void start() {
        thread.start();
    }

    /** Waits until it knows where the audit ends. @return whether it does */
    boolean awaitStarted(Duration patience) throws InterruptedException {
        return started.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void follow(Consumer<byte[], byte[]> reader) {
        List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(topic, p.partition()))
                .toList();
        if (partitions.isEmpty()) {
            return;
        }
        reader.assign(partitions);
        if (!log.isStarted()) {
            log.start(ends(reader, partitions));
            started.countDown();
        }
        Positions from = log.end();
        partitions.forEach(p -> reader.seek(p, from.next(p.partition())));
        while (thread.isOpen()) {
            ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
            records.forEach(read -> Decision.of(read).map(Told::of).ifPresent(log::append));
            partitions.forEach(p -> log.readTo(p.partition(), reader.position(p)));
            if (isFarBehind(reader, partitions)) {
                reader.seekToEnd(partitions);
                log.start(positions(reader, partitions));
            }
            if (!records.isEmpty()) {
                onNews.run();
            }
        }
    }

    private boolean isFarBehind(Consumer<byte[], byte[]> reader, List<TopicPartition> partitions) {
        return partitions.stream()
                        .mapToLong(p -> reader.currentLag(p).orElse(0))
                        .sum()
                > mostBehind;
    }

    private static Positions positions(Consumer<byte[], byte[]> reader, List<TopicPartition> partitions) {
        Positions positions = Positions.zero(partitions.size());
        partitions.forEach(p -> positions.advance(p.partition(), reader.position(p)));
        return positions;
    }

    private static Positions ends(Consumer<byte[], byte[]> reader, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
        Positions positions = Positions.zero(partitions.size());
        ends.forEach((partition, offset) -> positions.advance(partition.partition(), offset));
        return positions;
    }

    @Override
    public void close() {
        thread.close();
    }
}
