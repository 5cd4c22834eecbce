package io.rationale.classifier.intake;

import io.rationale.classifier.classify.Dispatcher;
import io.rationale.classifier.metrics.LoopMetrics;
import io.rationale.classifier.publish.AuditPublisher;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.Envelope;
import io.rationale.classifier.work.InFlightLimit;
import io.rationale.classifier.work.NoteTask;
import io.rationale.classifier.work.PartitionWork;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.deadletter.ResentNote;
import io.rationale.core.json.Bytes;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.note.NoteIds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/**
 * The poll loop. It never stops polling: what cannot be taken in yet waits in memory, at most one poll's worth a
 * partition, and the partition is paused until there is room.
 */
final class NoteConsumer {
    private static final Logger LOG = Logger.getLogger(NoteConsumer.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PAUSED_POLL = Duration.ofMillis(10);
    private static final Duration REVOKE_FLUSH = Duration.ofSeconds(10);
    private static final Duration SHOW_INTERVAL = Duration.ofSeconds(1);
    private static final Duration NEVER = Duration.ofDays(1);
    /** Source of notes that name none. */
    private static final String DEFAULT_SOURCE = "kafka";

    private final Consumer<byte[], byte[]> consumer;
    private final AssignedWork assignedWork;
    private final String topic;
    private final NoteDecoder decoder;
    private final Admission admission;
    private final Dispatcher dispatcher;
    private final AuditPublisher publisher;
    private final InFlightLimit inFlight;
    private final LoopMetrics metrics;
    private final NoteTraces traces;
    private final Duration drainTimeout;
    private final Map<TopicPartition, Intake> partitions = new HashMap<>();
    private long lastShown = System.nanoTime();
    /** When the loop last polled, or asked the brokers what it has to know before it can poll on. */
    private volatile long lastPoll = System.nanoTime();

    private volatile Duration sinceHeartbeat = NEVER;
    private volatile long lag;
    private volatile boolean stopping;

    /** A partition and what was polled but not taken in. */
    private static final class Intake {
        private final PartitionWork work;
        private final ArrayDeque<ConsumerRecord<byte[], byte[]>> polled = new ArrayDeque<>();
        /** The offset after the last record that was polled. */
        private long position;

        Intake(PartitionWork work) {
            this.work = work;
            this.position = work.watermark();
        }

        PartitionWork work() {
            return work;
        }

        ArrayDeque<ConsumerRecord<byte[], byte[]>> polled() {
            return polled;
        }

        void add(ConsumerRecord<byte[], byte[]> each) {
            polled.add(each);
            position = each.offset() + 1;
        }
    }

    NoteConsumer(
            Consumer<byte[], byte[]> consumer,
            String topic,
            NoteDecoder decoder,
            Admission admission,
            Dispatcher dispatcher,
            AuditPublisher publisher,
            InFlightLimit inFlight,
            LoopMetrics metrics,
            NoteTraces traces,
            Duration drainTimeout) {
        this.consumer = consumer;
        this.assignedWork = new AssignedWork(consumer, () -> lastPoll = System.nanoTime());
        this.topic = topic;
        this.decoder = decoder;
        this.admission = admission;
        this.dispatcher = dispatcher;
        this.publisher = publisher;
        this.inFlight = inFlight;
        this.metrics = metrics;
        this.traces = traces;
        this.drainTimeout = drainTimeout;
    }

    /** Runs until {@link #stop()}, then drains: results that come within the drain timeout are still written. */
    void run() throws InterruptedException {
        lastPoll = System.nanoTime();
        try {
            consumer.subscribe(List.of(topic), new Listener());
            while (!stopping) {
                publisher.failure().ifPresent(NoteConsumer::end);
                dispatcher.failure().ifPresent(NoteConsumer::end);
                poll();
                admission.turn();
                takeIn();
                dispatcher.dispatch();
                showPartitions();
            }
        } catch (WakeupException e) {
            if (!stopping) {
                throw e;
            }
        } finally {
            leave();
        }
    }

    /** Asks the loop to end; safe from any thread. */
    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    /** Records of its partitions that are not finished, as they were counted last. */
    long lag() {
        return lag;
    }

    /** How long ago the loop polled last; brokers that are away do not make it stand still. */
    Duration sinceLastPoll() {
        return Duration.ofNanos(System.nanoTime() - lastPoll);
    }

    /** How long ago the group's coordinator heard of this member; a day when it never did. */
    Duration sinceHeartbeat() {
        return sinceHeartbeat;
    }

    private void poll() {
        lastPoll = System.nanoTime();
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(patience())) {
            Intake intake = partitions.get(new TopicPartition(each.topic(), each.partition()));
            if (intake != null) {
                intake.add(each);
            }
        }
        publisher.groupMetadata(consumer.groupMetadata());
    }

    /**
     * While a partition is paused that has records in Kafka's buffer, the consumer does not wait for others to come: it
     * spins through its patience. Then this thread waits by itself.
     */
    private Duration patience() {
        if (consumer.paused().isEmpty()) {
            return POLL;
        }
        LockSupport.parkNanos(PAUSED_POLL.toNanos());
        return Duration.ZERO;
    }

    private static void end(Throwable cause) {
        throw new IllegalStateException("nothing can be asked or written any more", cause);
    }

    /** One of each partition in turn, so that none takes all the room. */
    private void takeIn() {
        boolean tookAny = true;
        while (tookAny) {
            tookAny = false;
            for (Intake intake : partitions.values()) {
                tookAny |= takeNext(intake);
            }
        }
        partitions.forEach(this::pauseOrResume);
    }

    private boolean takeNext(Intake intake) {
        boolean hasRoom = !intake.polled().isEmpty()
                && inFlight.hasRoom()
                && intake.work().hasRoom(intake.polled().element().offset());
        if (!hasRoom) {
            return false;
        }
        switch (isErased(intake.polled().element())
                ? Admission.Answer.SKIP
                : admission.of(intake.polled().element())) {
            case TAKE -> takeIn(intake.work(), intake.polled().remove());
            case SKIP -> skip(intake.work(), intake.polled().remove());
            case WAIT -> {
                return false;
            }
        }
        return true;
    }

    /** What was to be judged must not be known any more. */
    private static boolean isErased(ConsumerRecord<byte[], byte[]> each) {
        return each.headers().lastHeader(AuditEvent.Erased.HEADER) != null;
    }

    private void skip(PartitionWork work, ConsumerRecord<byte[], byte[]> each) {
        if (work.accept(each.offset())) {
            inFlight.acquire(0);
            publisher.add(new Decision.Skipped(work, each.offset(), Envelope.NONE, 0));
        }
    }

    private void pauseOrResume(TopicPartition partition, Intake intake) {
        boolean paused = consumer.paused().contains(partition);
        if (!intake.polled().isEmpty() && !paused) {
            consumer.pause(Set.of(partition));
        } else if (intake.polled().isEmpty() && paused) {
            consumer.resume(Set.of(partition));
        }
    }

    private void takeIn(PartitionWork work, ConsumerRecord<byte[], byte[]> each) {
        if (!work.accept(each.offset())) {
            metrics.skipped();
            return;
        }
        metrics.takenIn();
        Bytes original = Bytes.of(each.value());
        Envelope envelope = Envelope.of(each.key(), each.headers());
        String defaultId = defaultId(each);
        inFlight.acquire(original.size() + envelope.size());
        switch (decoder.decode(original, defaultId, DEFAULT_SOURCE)) {
            case NoteDecoder.Result.Accepted accepted ->
                dispatcher.add(new NoteTask(
                        work,
                        each.offset(),
                        Instant.ofEpochMilli(each.timestamp()),
                        envelope,
                        original,
                        accepted.note(),
                        traces.note(each, accepted.note())));
            case NoteDecoder.Result.Rejected rejected ->
                publisher.add(rejection(work, each, original, envelope, rejected));
        }
    }

    /** A note that is sent again is the note that it was. */
    private static String defaultId(ConsumerRecord<byte[], byte[]> each) {
        Header given = each.headers().lastHeader(ResentNote.NOTE_ID);
        return given == null || given.value() == null || given.value().length == 0
                ? NoteIds.inTopic(each.topic(), each.partition(), each.offset())
                : new String(given.value(), StandardCharsets.UTF_8);
    }

    private static Decision rejection(
            PartitionWork work,
            ConsumerRecord<byte[], byte[]> each,
            Bytes original,
            Envelope envelope,
            NoteDecoder.Result.Rejected rejected) {
        DeadLetter.Origin origin = new DeadLetter.Origin.Topic(each.topic(), each.partition(), each.offset());
        return new Decision.Rejected(
                work,
                each.offset(),
                envelope,
                new DeadLetter(
                        NoteIds.inTopic(each.topic(), each.partition(), each.offset()),
                        original,
                        rejected.rejection().reason().code(),
                        rejected.rejection().message(),
                        rejected.rejection().field(),
                        origin));
    }

    private void showPartitions() {
        if (System.nanoTime() - lastShown > SHOW_INTERVAL.toNanos()) {
            lastShown = System.nanoTime();
            List<LoopMetrics.PartitionState> states =
                    partitions.values().stream().map(this::state).toList();
            lag = states.stream().mapToLong(LoopMetrics.PartitionState::lag).sum();
            metrics.show(states);
            sinceHeartbeat = heartbeatAge();
        }
    }

    /** Kafka's own measurement, since polling itself never fails when brokers are away. */
    private Duration heartbeatAge() {
        return consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("last-heartbeat-seconds-ago"))
                .map(metric -> ((Number) metric.metricValue()).longValue())
                .filter(seconds -> seconds >= 0)
                .findFirst()
                .map(Duration::ofSeconds)
                .orElse(NEVER);
    }

    private LoopMetrics.PartitionState state(Intake intake) {
        PartitionWork work = intake.work();
        TopicPartition partition = work.partition();
        boolean isPaused = consumer.paused().contains(partition);
        long unread = consumer.currentLag(partition).orElse(0);
        return work.state(
                unread + intake.position,
                isPaused,
                isPaused
                        && !intake.polled().isEmpty()
                        && !work.hasRoom(intake.polled().element().offset()));
    }

    /** Whatever fails on the way, everything is closed: a half-stopped loop would keep its partitions from others. */
    private void leave() throws InterruptedException {
        Duration writing = drainTimeout.dividedBy(5);
        try {
            drain(List.copyOf(partitions.keySet()), drainTimeout.minus(writing));
            dispatcher.close();
        } finally {
            try {
                publisher.close(writing);
            } finally {
                consumer.close();
            }
        }
    }

    private void drain(Collection<TopicPartition> leaving, Duration bound) throws InterruptedException {
        List<PartitionWork> works = leaving.stream()
                .map(partitions::get)
                .filter(Objects::nonNull)
                .map(Intake::work)
                .toList();
        Dispatcher.LetGo letGo = dispatcher.drain(works, bound);
        LOG.infof(
                "Partitions drained count=%d calls.let.go=%d notes.let.go=%d",
                works.size(), letGo.calls(), letGo.notes());
    }

    /** Runs within poll, on the loop's thread. */
    private final class Listener implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            assignedWork.of(assigned).forEach(work -> partitions.put(work.partition(), new Intake(work)));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            publisher.groupMetadata(consumer.groupMetadata());
            try {
                drain(revoked, drainTimeout);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            publisher.flush(REVOKE_FLUSH);
            letGo(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            letGo(lost);
        }

        private void letGo(Collection<TopicPartition> gone) {
            List<PartitionWork> works = new ArrayList<>();
            for (TopicPartition each : gone) {
                Intake intake = partitions.remove(each);
                if (intake != null) {
                    intake.work().release();
                    works.add(intake.work());
                }
            }
            dispatcher.letGo(works);
        }
    }
}
