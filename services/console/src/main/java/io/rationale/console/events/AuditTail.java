package io.rationale.console.events;

import io.rationale.console.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Follows the whole audit from its end at the start, committed records only, on a thread of its own, and keeps the last
 * decisions in a {@link DecisionLog}. After a fault it goes on where it was. Thread safe.
 */
final class AuditTail implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AuditTail.class);
    private static final int RECORDS_A_POLL = 500;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final String topic;
    private final DecisionLog log;
    private final Runnable onNews;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Consumer<byte[], byte[]> consumer;
    private Thread thread;

    /** @param onNews is run on the tail's thread after decisions were added: must not block */
    AuditTail(KafkaClients clients, String topic, DecisionLog log, Runnable onNews) {
        this.clients = clients;
        this.topic = topic;
        this.log = log;
        this.onNews = onNews;
    }

    /** Begins to read. */
    void start() {
        thread = Thread.ofPlatform().name("audit-tail").daemon().start(this::run);
    }

    /** Waits until it knows where the audit ends. @return whether it does */
    boolean awaitStarted(Duration patience) throws InterruptedException {
        return started.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        while (closed.getCount() > 0) {
            try (Consumer<byte[], byte[]> reader = clients.reader("console-audit-tail", RECORDS_A_POLL)) {
                consumer = reader;
                follow(reader);
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf(e, "Following the audit failed and goes on; topic=%s", topic);
                pause();
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> reader) {
        List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(topic, p.partition()))
                .toList();
        if (partitions.isEmpty()) {
            pause();
            return;
        }
        reader.assign(partitions);
        if (!log.isStarted()) {
            log.start(ends(reader, partitions));
            started.countDown();
        }
        Positions from = log.end();
        partitions.forEach(p -> reader.seek(p, from.next(p.partition())));
        while (closed.getCount() > 0) {
            ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
            records.forEach(read -> Decision.of(read).map(Told::of).ifPresent(log::append));
            partitions.forEach(p -> log.readTo(p.partition(), reader.position(p)));
            if (!records.isEmpty()) {
                onNews.run();
            }
        }
    }

    private static Positions ends(Consumer<byte[], byte[]> reader, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
        Positions positions = Positions.zero(partitions.size());
        ends.forEach((partition, offset) -> positions.advance(partition.partition(), offset));
        return positions;
    }

    private void pause() {
        try {
            closed.await(PAUSE_AFTER_FAULT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        Consumer<byte[], byte[]> reader = consumer;
        if (reader != null) {
            reader.wakeup();
        }
        try {
            if (thread != null) {
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
