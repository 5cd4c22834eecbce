package io.rationale.classifier.discovery;

import io.rationale.classifier.ClassifierConfig;
import io.rationale.classifier.publish.AuditPublishers;
import io.rationale.classifier.r1.R1Capacity;
import io.rationale.classifier.r1.SpareSlots;
import io.rationale.core.discovery.DiscoveryRequest;
import io.rationale.core.discovery.DiscoveryRunner;
import io.rationale.core.discovery.DiscoverySettings;
import io.rationale.core.json.Json;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.redaction.Redactor;
import io.rationale.core.status.ClassifierStatus;
import io.rationale.core.topic.Topics;
import io.rationale.topics.TopicSetup;
import io.rationale.topics.redaction.Redactors;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/**
 * Follows the requests for discoveries, on a thread of its own. The topic has one partition: one classifier of the group
 * runs them, one after the other. A run that was in progress when its classifier ended begins again, at the same or at
 * another one. When Kafka fails, the loop begins anew with what is there.
 */
public final class DiscoveryLoop {
    private static final Logger LOG = Logger.getLogger(DiscoveryLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long RETRY_MILLIS = 1_000;
    private static final Duration GOODBYE = Duration.ofSeconds(10);
    /** Tokens of the instructions, with room to spare. */
    private static final int INSTRUCTIONS = 1_500;

    private final ClassifierConfig config;
    private final Map<String, Object> kafka;
    private final Topics topics;
    private final TopicSetup setup;
    private final R1Capacity capacity;
    private final DiscoverySlots slots;
    private final DiscoveryRunner runner;
    private final String instance;
    private final Redactor redactor;
    private final Clock clock;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Member running;

    /**
     * @param kafka    plain Kafka client properties, bootstrap servers and security among them
     * @param model    to ask
     * @param capacity of the model
     * @param spare    says how much of that is left
     * @param instance name of this classifier
     * @throws IllegalArgumentException with a sentence when the configuration contradicts itself
     */
    public DiscoveryLoop(
            ClassifierConfig config,
            Map<String, Object> kafka,
            ReasoningModel model,
            R1Capacity capacity,
            SpareSlots spare,
            String instance,
            Clock clock) {
        int most = config.discovery().concurrency();
        if (most < 1) {
            throw new IllegalArgumentException("rationale.discovery.concurrency is " + most + "; make it at least 1");
        }
        this.config = config;
        this.kafka = Map.copyOf(kafka);
        this.topics = new Topics(config.topicPrefix());
        this.setup = new TopicSetup(
                () -> Admin.create(kafka),
                config.topics().create() ? topics.specs(config.topics().partitions()) : List.of());
        // What is found here was stored before it was looked for, and is counted where it is stored.
        this.redactor = Redactors.of(config.redaction(), (kind, count) -> {});
        this.capacity = capacity;
        this.slots = new DiscoverySlots(most, spare);
        this.runner = new DiscoveryRunner(model, slots, () -> UUID.randomUUID().toString());
        this.instance = instance;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("discovery-loop").unstarted(this::run);
    }

    /** What this classifier runs; nothing where another one of the group does. */
    public Optional<ClassifierStatus.Discovery> state() {
        Member member = running;
        return member == null ? Optional.empty() : Optional.ofNullable(member.state);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** Gives up the run in progress, which begins again where the group goes on. */
    public void stop() throws InterruptedException {
        stopped.countDown();
        setup.stop();
        thread.join(GOODBYE);
    }

    private void run() {
        try {
            setup.run();
            do {
                followUntilAFailure();
            } while (!stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void followUntilAFailure() throws InterruptedException {
        try {
            follow();
        } catch (KafkaException e) {
            LOG.warnf("Discoveries are followed anew after a failure of Kafka error=%s", e.toString());
        } catch (RuntimeException e) {
            LOG.error("Discoveries are followed anew after a fault of ours", e);
        }
    }

    private void follow() throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer = consumer(true);
                DiscoveryJournal journal = journal();
                Member member = new Member(consumer, journal)) {
            running = member;
            consumer.subscribe(List.of(topics.discoveryRequests()), member);
            while (stopped.getCount() > 0) {
                consumer.poll(POLL).forEach(member::take);
                member.goOn();
            }
        }
    }

    /** What this classifier does while the partition is its own. */
    private final class Member implements ConsumerRebalanceListener, AutoCloseable {
        private final Consumer<byte[], byte[]> consumer;
        private final DiscoveryJournal journal;
        private TopicPartition partition;
        private Runs runs;
        private volatile ClassifierStatus.Discovery state;

        Member(Consumer<byte[], byte[]> consumer, DiscoveryJournal journal) {
            this.consumer = consumer;
            this.journal = journal;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            for (TopicPartition assigned : partitions) {
                partition = assigned;
                runs = new Runs(ended(), DiscoveryLoop.this::prepared, instance, clock);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (partition != null && partitions.contains(partition)) {
                close();
            }
        }

        void take(ConsumerRecord<byte[], byte[]> record) {
            Optional<DiscoveryRequest> request = read(record.value());
            if (request.isPresent()) {
                runs.take(record.offset(), request.get());
            } else {
                LOG.warnf("A request for a discovery cannot be read and is left out offset=%d", record.offset());
            }
        }

        void goOn() {
            if (runs == null) {
                return;
            }
            runs.startNext();
            List<Update> updates = runs.updates();
            if (!updates.isEmpty()) {
                long offset = runs.firstOpen(consumer.position(partition));
                journal.write(updates, partition, offset, consumer.groupMetadata());
            }
            state = new ClassifierStatus.Discovery(runs.running().orElse(null), runs.waiting(), slots.held());
        }

        @Override
        public void close() {
            if (runs != null) {
                try {
                    runs.abandon();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                runs = null;
                state = null;
                partition = null;
            }
        }
    }

    private static Optional<DiscoveryRequest> read(byte[] value) {
        try {
            return value == null ? Optional.empty() : Optional.ofNullable(Json.read(value, DiscoveryRequest.class));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private Set<String> ended() {
        try (Consumer<byte[], byte[]> reader = consumer(false)) {
            return EndedRuns.read(reader, topics.discoveries());
        }
    }

    private ActiveRun prepared(DiscoveryRequest request, java.util.function.Consumer<Update> updates) {
        LOG.infof(
                "A discovery begins run=%s notes=%d",
                request.id(), request.sample().notes().size());
        return new ActiveRun(request.without(redactor), runner, this::fitting, updates, instance, clock);
    }

    /** Prompts take at most half of the context: the rest is for thought and answer. */
    private DiscoverySettings fitting(DiscoverySettings settings) {
        int room = Math.max(200, capacity.contextTokens() / 2 - INSTRUCTIONS);
        return settings.withSizes(
                settings.pieceNotes(),
                Math.min(settings.pieceTokens(), room),
                Math.min(settings.batchNotes(), Math.max(1, capacity.notesPerPrompt())));
    }

    private DiscoveryJournal journal() {
        String transactionalId = config.topicPrefix() + "discovery-" + instance;
        return new DiscoveryJournal(
                () -> new KafkaProducer<>(
                        AuditPublishers.producer(transactionalId, kafka),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()),
                new DiscoveryRecords(topics));
    }

    private Consumer<byte[], byte[]> consumer(boolean inGroup) {
        Map<String, Object> consumer = new HashMap<>(kafka);
        if (inGroup) {
            consumer.put("group.id", config.classifier().groupId() + "-discovery");
            consumer.putIfAbsent("group.protocol", "consumer");
        }
        consumer.put("enable.auto.commit", "false");
        consumer.put("auto.offset.reset", "earliest");
        consumer.put("isolation.level", "read_committed");
        consumer.put("max.poll.records", "1");
        return new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
