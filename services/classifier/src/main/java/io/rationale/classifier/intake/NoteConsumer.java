package io.rationale.classifier.intake;

import io.rationale.classifier.publish.AuditPublisher;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.InFlightLimit;
import io.rationale.classifier.work.NoteTask;
import io.rationale.classifier.work.PartitionWork;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.json.Bytes;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.note.NoteIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * The poll loop. It never stops polling: what cannot be taken in yet waits in memory, at most one poll's worth a
 * partition, and the partition is paused until there is room.
 */
final class NoteConsumer {
    private static final Logger LOG = Logger.getLogger(NoteConsumer.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration REVOKE_FLUSH = Duration.ofSeconds(10);
    /** Source of notes that name none. */
    private static final String DEFAULT_SOURCE = "kafka";

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final NoteDecoder decoder;
    private final Dispatcher dispatcher;
    private final AuditPublisher publisher;
    private final InFlightLimit inFlight;
    private final Map<TopicPartition, Intake> partitions = new HashMap<>();
    private volatile boolean stopping;

    /** A partition and what was polled but not taken in. */
    private record Intake(PartitionWork work, ArrayDeque<ConsumerRecord<byte[], byte[]>> polled) {}

    NoteConsumer(
            Consumer<byte[], byte[]> consumer,
            String topic,
            NoteDecoder decoder,
            Dispatcher dispatcher,
            AuditPublisher publisher,
            InFlightLimit inFlight) {
        this.consumer = consumer;
        this.topic = topic;
        this.decoder = decoder;
        this.dispatcher = dispatcher;
        this.publisher = publisher;
        this.inFlight = inFlight;
    }

    /** Runs until {@link #stop()}, then drains: results that come within the bound are still written. */
    void run(Duration drainTimeout) throws InterruptedException {
        try {
            consumer.subscribe(List.of(topic), new Listener());
            while (!stopping) {
                publisher.failure().ifPresent(NoteConsumer::end);
                poll();
                takeIn();
                dispatcher.dispatch();
            }
        } catch (WakeupException e) {
            if (!stopping) {
                throw e;
            }
        } finally {
            leave(drainTimeout);
        }
    }

    /** Asks the loop to end; safe from any thread. */
    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    private void poll() {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
            Intake intake = partitions.get(new TopicPartition(each.topic(), each.partition()));
            if (intake != null) {
                intake.polled().add(each);
            }
        }
        publisher.groupMetadata(consumer.groupMetadata());
    }

    private static void end(Throwable cause) {
        throw new IllegalStateException("nothing can be written any more", cause);
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
        boolean takes = !intake.polled().isEmpty()
                && inFlight.hasRoom()
                && intake.work().hasRoom(intake.polled().element().offset());
        if (takes) {
            takeIn(intake.work(), intake.polled().remove());
        }
        return takes;
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
            return;
        }
        Bytes original = Bytes.of(each.value());
        String key = each.key() == null ? null : Bytes.of(each.key()).lenientUtf8();
        String defaultId = NoteIds.inTopic(each.topic(), each.partition(), each.offset());
        inFlight.acquire(original.size());
        switch (decoder.decode(original, defaultId, DEFAULT_SOURCE)) {
            case NoteDecoder.Result.Accepted accepted ->
                dispatcher.add(new NoteTask(
                        work, each.offset(), Instant.ofEpochMilli(each.timestamp()), key, original, accepted.note()));
            case NoteDecoder.Result.Rejected rejected ->
                publisher.add(rejection(work, each, original, key == null ? defaultId : key, rejected));
        }
    }

    private static Decision rejection(
            PartitionWork work,
            ConsumerRecord<byte[], byte[]> each,
            Bytes original,
            String key,
            NoteDecoder.Result.Rejected rejected) {
        DeadLetter.Origin origin = new DeadLetter.Origin.Topic(each.topic(), each.partition(), each.offset());
        return new Decision.Rejected(
                work,
                each.offset(),
                new DeadLetter(
                        key,
                        original,
                        rejected.rejection().reason().code(),
                        rejected.rejection().message(),
                        rejected.rejection().field(),
                        origin));
    }

    /** Whatever fails on the way, everything is closed: a half-stopped loop would keep its partitions from others. */
    private void leave(Duration drainTimeout) throws InterruptedException {
        try {
            dispatcher.close(drainTimeout);
        } finally {
            try {
                publisher.close(drainTimeout);
            } finally {
                consumer.close();
            }
        }
    }

    /**
     * Asks until there is an answer: a dead member's open transaction hides committed offsets until the broker aborts
     * it, and a broker may be away for as long.
     */
    private static <T> T patiently(Supplier<T> question) {
        while (true) {
            try {
                return question.get();
            } catch (RetriableException e) {
                LOG.warnf("Offsets of assigned partitions are not known yet error=%s", e.toString());
            }
        }
    }

    /** Runs within poll, on the loop's thread. */
    private final class Listener implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    patiently(() -> consumer.committed(Set.copyOf(assigned)));
            Map<TopicPartition, Long> beginnings = patiently(() -> consumer.beginningOffsets(assigned));
            for (TopicPartition each : assigned) {
                PartitionWork work = new PartitionWork(each, committed.get(each), beginnings.get(each));
                partitions.put(each, new Intake(work, new ArrayDeque<>()));
            }
            LOG.infof("Partitions assigned count=%d", assigned.size());
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            publisher.groupMetadata(consumer.groupMetadata());
            publisher.flush(REVOKE_FLUSH);
            letGo(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            letGo(lost);
        }

        private void letGo(Collection<TopicPartition> gone) {
            for (TopicPartition each : gone) {
                Intake intake = partitions.remove(each);
                if (intake != null) {
                    intake.work().release();
                }
            }
            dispatcher.letGoOfLost();
        }
    }
}
