package io.rationale.console.search;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Reading the audit into the index, until something fails. Used by one thread. */
final class IndexingRun {
    private static final Logger LOG = Logger.getLogger(IndexingRun.class);
    private static final Duration GIVING_WAY = Duration.ofMillis(50);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration BETWEEN_REFRESHES = Duration.ofMillis(100);
    private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_SWEEPS = Duration.ofDays(1);

    private final NoteIndex index;
    private final Consumer<byte[], byte[]> reader;
    private final Settings settings;
    private final InstantSource clock;
    private final java.util.function.Consumer<Map<Integer, Long>> onSearchable;
    private final Pace refreshes = new Pace(BETWEEN_REFRESHES);
    private final Pace commits = new Pace(BETWEEN_COMMITS);
    private final Pace sweeps;
    private Map<TopicPartition, Long> catchUp = Map.of();
    private String topicId;
    private boolean written;
    private boolean uncommitted;

    /**
     * What is read.
     *
     * @param topic  the audit
     * @param maxAge  of a note's latest decision; zero for any
     * @param giveWay whether something more urgent needs the processors: then a backlog waits
     */
    record Settings(String topic, Duration maxAge, BooleanSupplier giveWay) {}

    /** @param onSearchable is told the offset of each partition up to which everything can be searched */
    IndexingRun(
            NoteIndex index,
            Consumer<byte[], byte[]> reader,
            Settings settings,
            InstantSource clock,
            java.util.function.Consumer<Map<Integer, Long>> onSearchable) {
        this.index = index;
        this.reader = reader;
        this.settings = settings;
        this.sweeps = new Pace(betweenSweeps(settings.maxAge()));
        this.clock = clock;
        this.onSearchable = onSearchable;
    }

    /** Once a day, and oftener where notes are kept for a short time only. */
    private static Duration betweenSweeps(Duration maxAge) {
        Duration tenth = maxAge.dividedBy(10);
        return maxAge.isPositive() && tenth.compareTo(BETWEEN_SWEEPS) < 0 ? tenth : BETWEEN_SWEEPS;
    }

    /** Goes to where the index has read to; what is new to it is read from the beginning. */
    void begin(CommitData from, String auditTopicId) throws IOException {
        topicId = auditTopicId;
        catchUp = reader.endOffsets(reader.assignment());
        for (TopicPartition partition : reader.assignment()) {
            Long offset = from.offsets().get(partition.partition());
            if (offset == null) {
                reader.seekToBeginning(List.of(partition));
            } else {
                reader.seek(partition, offset);
            }
        }
        sweep();
        onSearchable.accept(positions());
    }

    /** Reads a little, and does what is due. */
    void step() throws IOException {
        if (settings.giveWay().getAsBoolean()) {
            LockSupport.parkNanos(GIVING_WAY.toNanos());
            return;
        }
        Map<Integer, Long> before = positions();
        for (ConsumerRecord<byte[], byte[]> read : reader.poll(written ? refreshes.rest() : POLL)) {
            apply(read);
        }
        boolean moved = !before.equals(positions());
        uncommitted |= moved;
        if (written ? isRefreshDue() : moved) {
            refresh();
        }
        if (uncommitted && commits.isDue()) {
            commit();
        }
        if (sweeps.isDue() || isCaughtUp()) {
            sweep();
        }
    }

    /** While much is to be read, searchers are made seldom: each costs a little segment. */
    private boolean isRefreshDue() {
        return index.isFull() || refreshes.isDue() && (!isBehind() || refreshes.isLate());
    }

    /** True once. */
    private boolean isCaughtUp() {
        boolean caughtUp = !catchUp.isEmpty() && !isBehind();
        catchUp = caughtUp ? Map.of() : catchUp;
        return caughtUp;
    }

    private boolean isBehind() {
        return catchUp.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue());
    }

    private void apply(ConsumerRecord<byte[], byte[]> read) throws IOException {
        Optional<AuditEvent> event = decode(read);
        if (event.isPresent()) {
            apply(event.get(), new Position(read.partition(), read.offset()));
            if (index.isFull()) {
                index.refresh();
            }
        }
    }

    /** One event that cannot be indexed must not keep all others out. */
    private void apply(AuditEvent event, Position at) throws IOException {
        try {
            written |= index.apply(event, at);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            LOG.warnf(
                    "A decision cannot be searched; partition=%d offset=%d fault=%s",
                    at.partition(), at.offset(), e.getClass().getSimpleName());
        }
    }

    /** What is no audit event is passed over; the statistics count it. */
    private static Optional<AuditEvent> decode(ConsumerRecord<byte[], byte[]> read) {
        try {
            AuditEvent event = read.value() == null ? null : Json.read(read.value(), AuditEvent.class);
            return Optional.of(Objects.requireNonNull(event, "no event"));
        } catch (RuntimeException e) {
            LOG.debugf("Passed over an audit record; partition=%d offset=%d", read.partition(), read.offset());
            return Optional.empty();
        }
    }

    private void refresh() throws IOException {
        Map<Integer, Long> reached = positions();
        if (written) {
            index.refresh();
            written = false;
        }
        refreshes.done();
        onSearchable.accept(reached);
    }

    /** Writes to disk what was read. */
    void commit() throws IOException {
        index.commit(new CommitData(topicId, positions()));
        uncommitted = false;
        commits.done();
    }

    private void sweep() throws IOException {
        sweeps.done();
        if (settings.maxAge().isPositive()) {
            index.forget(clock.instant().minus(settings.maxAge()));
            written = true;
        }
    }

    private Map<Integer, Long> positions() {
        Map<Integer, Long> positions = new HashMap<>();
        reader.assignment().forEach(partition -> positions.put(partition.partition(), reader.position(partition)));
        return positions;
    }

    /** When something is to be done again. */
    private static final class Pace {
        private static final int LATE = 20;
        private static final long LEAST_REST = Duration.ofMillis(5).toNanos();

        private final Duration interval;
        private long last = System.nanoTime();

        Pace(Duration interval) {
            this.interval = interval;
        }

        boolean isDue() {
            return System.nanoTime() - last >= interval.toNanos();
        }

        boolean isLate() {
            return System.nanoTime() - last >= LATE * interval.toNanos();
        }

        Duration rest() {
            return Duration.ofNanos(
                    Math.clamp(interval.toNanos() - (System.nanoTime() - last), LEAST_REST, interval.toNanos()));
        }

        void done() {
            last = System.nanoTime();
        }
    }
}
