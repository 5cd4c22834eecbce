package io.rationale.console.seal;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.audit.CloudEvents;
import io.rationale.core.json.Json;
import io.rationale.core.seal.ChainEvent;
import io.rationale.core.seal.ChainHead;
import io.rationale.core.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Reads the committed audit in order and writes a link of the chain for every few records. Writers of the audit are many
 * and know nothing of each other, so that none of them could know the hash before its event; each partition has one
 * sealer at a time, by ownership in a consumer group.
 *
 * <p>A link and the offset behind its last record are one transaction, which the group's coordinator refuses to a member
 * that lost the partition; the head of the chain travels in the offset's metadata. So a restart, a kill or a second
 * console never makes two chains: who takes a partition over goes on from what is committed.
 */
final class AuditSealer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AuditSealer.class);
    private static final String SOURCE = "/rationale/console";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Longest wait for the rest of the audit at the end. */
    private static final Duration LAST = Duration.ofSeconds(3);

    private static final int POLLED = 500;

    private final KafkaClients clients;
    private final Function<Map<String, Object>, Producer<byte[], byte[]>> producers;
    private final Topics topics;
    private final Settings settings;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<TopicPartition, OpenLink> links = new HashMap<>();
    private final Thread thread;

    /**
     * How links are made.
     *
     * @param linger   longest wait of a record for company
     * @param records  most records of a link
     * @param patience for what a predecessor left: after this time the broker ends its open transaction, which hides
     *                 later links; and the marker of a committed one, which comes to all partitions within moments, is
     *                 not waited for any longer
     */
    record Settings(Duration linger, int records, Duration patience) {
        /** With a patience of ten seconds. */
        Settings(Duration linger, int records) {
            this(linger, records, Duration.ofSeconds(10));
        }

        Settings {
            if (records < 1 || linger.isNegative()) {
                throw new IllegalArgumentException("rationale.seal.max-records is " + records
                        + " and rationale.seal.linger is " + linger
                        + ": make the first at least 1 and the second no less than 0s.");
            }
        }
    }

    /** @param producers makes a producer of these settings */
    AuditSealer(
            KafkaClients clients,
            Function<Map<String, Object>, Producer<byte[], byte[]>> producers,
            Topics topics,
            Settings settings,
            InstantSource clock) {
        this.clients = clients;
        this.producers = producers;
        this.topics = topics;
        this.settings = settings;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("audit-sealer").daemon().unstarted(this::run);
    }

    /** The consumer group of all sealers of a deployment. */
    static String group(Topics topics) {
        return topics.prefix() + "sealer";
    }

    /** Begins. */
    void start() {
        thread.start();
    }

    /** Seals what the audit holds now and ends. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (thread.isAlive() && !thread.join(LAST.multipliedBy(3))) {
                LOG.warn("The sealer did not end in time; what is not sealed is sealed at the next start.");
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    private void run() {
        do {
            try (Consumer<byte[], byte[]> consumer = clients.member(group(topics), POLLED);
                    ChainTail tail = new ChainTail(clients, topics.auditChain());
                    Producer<byte[], byte[]> producer = producers.apply(transactional(settings.patience()))) {
                if (awaitTopics(tail)) {
                    producer.initTransactions();
                    seal(consumer, tail, producer);
                }
            } catch (InterruptException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf("Sealing failed and begins again from what is committed error=%s", e.toString());
                pause();
            } finally {
                links.clear();
            }
        } while (isOpen());
    }

    private static Map<String, Object> transactional(Duration patience) {
        return Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "sealer-" + UUID.randomUUID(),
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                (int) patience.toMillis());
    }

    private boolean awaitTopics(ChainTail tail) {
        while (isOpen()) {
            if (tail.placeOf(0).isPresent()) {
                return true;
            }
            pause();
        }
        return false;
    }

    private void seal(Consumer<byte[], byte[]> consumer, ChainTail tail, Producer<byte[], byte[]> producer) {
        consumer.subscribe(List.of(topics.audit()), new Ownership(consumer, tail));
        while (isOpen()) {
            commit(consumer, tail, producer, due(consumer.poll(POLL), false));
        }
        long end = System.nanoTime() + LAST.toNanos();
        Map<TopicPartition, Long> ends = consumer.endOffsets(links.keySet());
        while (System.nanoTime() - end < 0
                && ends.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
            commit(consumer, tail, producer, due(consumer.poll(POLL), false));
        }
        commit(consumer, tail, producer, due(List.of(), true));
    }

    /** The links that are full or have waited long enough, or all. */
    private List<ChainEvent.Sealed> due(Iterable<ConsumerRecord<byte[], byte[]>> records, boolean all) {
        Instant now = clock.instant();
        List<ChainEvent.Sealed> due = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> each : records) {
            OpenLink link = links.get(new TopicPartition(each.topic(), each.partition()));
            if (link != null) {
                link.add(each, System.nanoTime());
                if (link.records() >= settings.records()) {
                    link.seal(now).ifPresent(due::add);
                }
            }
        }
        links.values().forEach(link -> {
            if (link.records() > 0
                    && (all
                            || link.waited(System.nanoTime())
                                    >= settings.linger().toNanos())) {
                link.seal(now).ifPresent(due::add);
            }
        });
        return due;
    }

    private void commit(
            Consumer<byte[], byte[]> consumer,
            ChainTail tail,
            Producer<byte[], byte[]> producer,
            List<ChainEvent.Sealed> sealed) {
        if (sealed.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        producer.beginTransaction();
        for (ChainEvent.Sealed link : sealed) {
            producer.send(record(link, tail.placeOf(link.partition()).orElseThrow()));
            offsets.put(
                    new TopicPartition(link.topic(), link.partition()),
                    new OffsetAndMetadata(link.lastOffset() + 1, link.head().text()));
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
    }

    private static ProducerRecord<byte[], byte[]> record(ChainEvent.Sealed link, TopicPartition place) {
        byte[] key = link.key().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> made =
                new ProducerRecord<>(place.topic(), place.partition(), key, Json.bytes(link));
        CloudEvents.headers(link.hash(), SOURCE, link.cloudEventType(), link.key(), link.at())
                .forEach((name, value) -> made.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return made;
    }

    private void pause() {
        try {
            closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Goes on from what is committed when a partition comes, and forgets it when it goes. */
    private final class Ownership implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;
        private final ChainTail tail;

        Ownership(Consumer<byte[], byte[]> consumer, ChainTail tail) {
            this.consumer = consumer;
            this.tail = tail;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            // Waits while a predecessor's transaction is open: its offset may still become the committed one.
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(assigned));
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(assigned);
            Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
            for (TopicPartition each : assigned) {
                ChainHead head = head(each, committed.get(each));
                links.put(each, new OpenLink(each, head));
                begin(each, head.lastOffset() + 1, beginnings.get(each), ends.get(each));
            }
            LOG.infof("Sealing partitions=%s", assigned);
        }

        private void begin(TopicPartition partition, long next, long beginning, long end) {
            if (next > end) {
                LOG.errorf(
                        "The audit ends before what is sealed of it: records were removed, or the topic was made anew."
                                + " Nothing is sealed there; run 'rationale verify' partition=%s end=%d sealed=%d",
                        partition, end, next);
                consumer.pause(Set.of(partition));
            }
            if (next < beginning) {
                LOG.warnf(
                        "Audit records went before they were sealed partition=%s first=%d sealed=%d",
                        partition, beginning, next);
            }
            consumer.seek(partition, Math.max(beginning, Math.min(next, end)));
        }

        private ChainHead head(TopicPartition partition, OffsetAndMetadata committed) {
            ChainHead known = committed == null
                    ? ChainHead.NONE
                    : ChainHead.ofText(committed.metadata()).orElse(ChainHead.NONE);
            ChainHead written = tail.of(partition);
            long until = System.nanoTime() + settings.patience().toNanos();
            while (written.sequence() < known.sequence() && System.nanoTime() - until < 0 && isOpen()) {
                pause();
                written = tail.of(partition);
            }
            if (written.sequence() > known.sequence() || written.equals(known)) {
                // Ahead of the group's offsets only when these were lost or set back: the chain is what counts.
                return written;
            }
            LOG.errorf(
                    "The end of the chain is not what was sealed last: links were removed or changed. The chain goes on"
                            + " from what was sealed; run 'rationale verify' partition=%s sealed=%d found=%d",
                    partition, known.sequence(), written.sequence());
            return known;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            revoked.forEach(links::remove);
        }
    }
}
