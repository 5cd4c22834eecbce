package io.rationale.console.intake;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.kafka.ReaderThread;
import io.rationale.core.intake.IntakeRequest;
import io.rationale.core.json.Json;
import io.rationale.core.topic.Topics;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * The requests with an idempotency key that were carried out in the last 24 hours, by any replica: follows their topic
 * on a thread of its own. Holds where each stands, about 200 bytes; the answers stay in Kafka. Thread safe.
 */
final class CarriedOut implements AutoCloseable {
    /** How long a key is remembered. */
    static final Duration KEPT = Duration.ofHours(24);

    private static final Logger LOG = Logger.getLogger(CarriedOut.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration BETWEEN_PRUNINGS = Duration.ofMinutes(10);
    private static final int RECORDS_A_POLL = 500;

    private final KafkaClients clients;
    private final Admin admin;
    private final String topic;
    private final InstantSource clock;
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final long[] positions = new long[Topics.INTAKE_SLOTS];
    private final ReaderThread thread;
    private Instant pruned = Instant.EPOCH;

    private record Place(int slot, long offset, String fingerprint, Instant at) {}

    CarriedOut(KafkaClients clients, Admin admin, String topic, InstantSource clock) {
        this.clients = clients;
        this.admin = admin;
        this.topic = topic;
        this.clock = clock;
        this.thread = new ReaderThread(
                "intake-requests", () -> clients.reader("console-intake-requests", RECORDS_A_POLL), this::follow);
    }

    /** Begins to follow. */
    void start() {
        thread.start();
    }

    /**
     * The fingerprint of the request of that key as far as is known here: one that is found was carried out, one that is
     * not may have been.
     */
    Optional<String> fingerprint(String key) {
        return Optional.ofNullable(places.get(key))
                .filter(place -> place.at().isAfter(clock.instant().minus(KEPT)))
                .map(Place::fingerprint);
    }

    /**
     * Waits until everything is known that others have committed in that slot. Only for who holds the slot's
     * transactional id: a transaction of somebody else could hide what is committed behind it.
     *
     * @throws TimeoutException when Kafka does not tell in time
     */
    void catchUp(int slot, Duration patience) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        long end = end(slot, patience);
        synchronized (positions) {
            while (positions[slot] < end) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new TimeoutException("the requests carried out are still being read");
                }
                TimeUnit.NANOSECONDS.timedWait(positions, left);
            }
        }
    }

    /**
     * This replica has committed a request itself. Its producer is told so before the record can be read: without this,
     * {@link #catchUp} would not wait for it.
     */
    void committed(String key, int slot, long offset, IntakeRequest request) {
        places.put(key, new Place(slot, offset, request.fingerprint(), request.at()));
    }

    private long end(int slot, Duration patience) throws InterruptedException, TimeoutException {
        TopicPartition partition = new TopicPartition(topic, slot);
        ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        try {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()), committed)
                    .partitionResult(partition)
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .offset();
        } catch (ExecutionException e) {
            TimeoutException unknown = new TimeoutException("the end of the requests carried out is not known");
            unknown.initCause(e);
            throw unknown;
        }
    }

    /** The whole record of a request that is known; nothing when it has gone from Kafka. */
    Optional<IntakeRequest> read(String key, Duration patience) {
        Place place = places.get(key);
        TopicPartition partition = new TopicPartition(topic, place.slot());
        long deadline = System.nanoTime() + patience.toNanos();
        try (Consumer<byte[], byte[]> reader = clients.reader("console-intake-answer", 1)) {
            reader.assign(List.of(partition));
            reader.seek(partition, place.offset());
            while (reader.position(partition) <= place.offset() && System.nanoTime() - deadline < 0) {
                for (ConsumerRecord<byte[], byte[]> found : reader.poll(POLL)) {
                    return found.offset() == place.offset()
                            ? Optional.of(Json.read(found.value(), IntakeRequest.class))
                            : Optional.empty();
                }
            }
            return Optional.empty();
        }
    }

    private void follow(Consumer<byte[], byte[]> reader) {
        List<TopicPartition> partitions = IntStream.range(0, Topics.INTAKE_SLOTS)
                .mapToObj(slot -> new TopicPartition(topic, slot))
                .toList();
        if (reader.partitionsFor(topic).size() < partitions.size()) {
            return;
        }
        reader.assign(partitions);
        reader.seekToBeginning(partitions);
        while (thread.isOpen()) {
            reader.poll(POLL).forEach(this::keep);
            partitions.forEach(partition -> readTo(partition.partition(), reader.position(partition)));
            prune();
        }
    }

    private void keep(ConsumerRecord<byte[], byte[]> read) {
        String key = new String(read.key(), StandardCharsets.UTF_8);
        if (read.value() == null) {
            places.remove(key);
            return;
        }
        try {
            IntakeRequest request = Json.read(read.value(), IntakeRequest.class);
            places.put(key, new Place(read.partition(), read.offset(), request.fingerprint(), request.at()));
        } catch (UncheckedIOException e) {
            LOG.warnf("Skipped a request that cannot be read; topic=%s offset=%d", topic, read.offset());
        }
    }

    private void readTo(int slot, long offset) {
        synchronized (positions) {
            if (positions[slot] != offset) {
                positions[slot] = offset;
                positions.notifyAll();
            }
        }
    }

    private void prune() {
        Instant now = clock.instant();
        if (now.isAfter(pruned.plus(BETWEEN_PRUNINGS))) {
            pruned = now;
            places.values().removeIf(place -> place.at().isBefore(now.minus(KEPT)));
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
