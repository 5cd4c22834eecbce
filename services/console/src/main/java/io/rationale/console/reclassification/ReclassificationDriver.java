package io.rationale.console.reclassification;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.kafka.ReaderThread;
import io.rationale.core.json.Json;
import io.rationale.core.reclassification.ReclassificationJob;
import io.rationale.core.reclassification.ReclassificationRequest;
import io.rationale.core.topic.Topics;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Follows the requests for reclassifications, on a thread of its own. The topic has one partition: one console of the
 * group drives them all. Whatever fails, the next one begins anew with what stands in Kafka. Thread safe.
 */
public final class ReclassificationDriver implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReclassificationDriver.class);
    private static final int RECORDS_A_POLL = 50;
    private static final Duration POLL = Duration.ofMillis(100);

    private final Settings settings;
    private final KafkaClients clients;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final JobNotes notes;
    private final Predicate<Map<TopicPartition, Long>> isIndexed;
    private final InstantSource clock;
    private final ReaderThread thread;

    /**
     * @param topics      their names
     * @param group       of the consoles that may drive
     * @param classifiers group of the classifiers, for notes that are judged again
     * @param portions    how much they are given
     */
    record Settings(Topics topics, String group, String classifiers, Desk.Portions portions) {}

    /**
     * @param producers make a producer whose transactional id is the same at every console
     * @param isIndexed whether the search index holds the audit up to these offsets
     */
    ReclassificationDriver(
            Settings settings,
            KafkaClients clients,
            Supplier<Producer<byte[], byte[]>> producers,
            JobNotes notes,
            Predicate<Map<TopicPartition, Long>> isIndexed,
            InstantSource clock) {
        this.settings = settings;
        this.clients = clients;
        this.producers = producers;
        this.notes = notes;
        this.isIndexed = isIndexed;
        this.clock = clock;
        this.thread = new ReaderThread(
                "reclassifications", () -> clients.member(settings.group(), RECORDS_A_POLL), this::follow);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        try (Member member = new Member(consumer)) {
            consumer.subscribe(List.of(settings.topics().reclassificationRequests()), member);
            boolean isBusy = false;
            while (thread.isOpen()) {
                List<ReclassificationRequest> requests = new ArrayList<>();
                consumer.poll(isBusy ? Duration.ZERO : POLL)
                        .forEach(record -> read(record).ifPresent(requests::add));
                isBusy = member.goOn(requests);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<ReclassificationRequest> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.ofNullable(
                    record.value() == null ? null : Json.read(record.value(), ReclassificationRequest.class));
        } catch (UncheckedIOException e) {
            LOG.warnf("A request for a reclassification cannot be read and is left out offset=%d", record.offset());
            return Optional.empty();
        }
    }

    /** What this console does while the partition is its own. */
    private final class Member implements ConsumerRebalanceListener, AutoCloseable {
        private final Consumer<byte[], byte[]> consumer;
        private TopicPartition partition;
        private Desk desk;

        Member(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            for (TopicPartition assigned : partitions) {
                close();
                // First whoever drove before is shut out: what stands in the topic then is the last of it.
                Journal journal = new Journal(producers, settings.topics());
                partition = assigned;
                desk = new Desk(
                        settings.portions(),
                        journal,
                        jobs(),
                        clients,
                        settings.topics(),
                        notes,
                        new ClassifierOffsets(
                                clients.admin(),
                                settings.classifiers(),
                                settings.topics().reclassificationNotes()),
                        isIndexed,
                        clock);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (partition != null && partitions.contains(partition)) {
                close();
            }
        }

        boolean goOn(List<ReclassificationRequest> requests) throws InterruptedException {
            if (desk == null) {
                return false;
            }
            Journal.Read read = new Journal.Read(partition, consumer.position(partition), consumer.groupMetadata());
            if (!requests.isEmpty()) {
                desk.take(requests, read);
            }
            return desk.work(read);
        }

        @Override
        public void close() {
            if (desk != null) {
                desk.close();
                desk = null;
                partition = null;
            }
        }
    }

    private Map<String, ReclassificationJob> jobs() {
        Map<String, ReclassificationJob> jobs = new HashMap<>();
        try (Consumer<byte[], byte[]> reader = clients.reader("console-reclassification-jobs", RECORDS_A_POLL)) {
            List<TopicPartition> partitions = reader
                    .partitionsFor(settings.topics().reclassifications())
                    .stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                reader.poll(POLL).forEach(record -> put(jobs, record));
            }
        }
        return jobs;
    }

    private static void put(Map<String, ReclassificationJob> jobs, ConsumerRecord<byte[], byte[]> record) {
        if (record.key() != null && record.value() != null) {
            jobs.put(
                    new String(record.key(), StandardCharsets.UTF_8),
                    Json.read(record.value(), ReclassificationJob.class));
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
