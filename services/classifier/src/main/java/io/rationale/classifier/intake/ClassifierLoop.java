package io.rationale.classifier.intake;

import io.rationale.classifier.ClassifierConfig;
import io.rationale.classifier.classify.BatchClassifier;
import io.rationale.classifier.publish.AuditPublisher;
import io.rationale.classifier.publish.AuditPublishers;
import io.rationale.classifier.r1.R1Capacity;
import io.rationale.classifier.work.InFlightLimit;
import io.rationale.core.batch.BatchAccumulator;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/** The loop from the notes topic to the audit topic, on a thread of its own. */
public final class ClassifierLoop {
    private static final Logger LOG = Logger.getLogger(ClassifierLoop.class);

    /** Kafka's own default. */
    private static final long DEFAULT_MAX_POLL_INTERVAL_MILLIS = 300_000;

    private final AuditPublisher publisher;
    private final NoteConsumer consumer;
    private final Duration drainTimeout;
    private final Thread thread;
    private volatile Throwable failure;

    /**
     * @param kafka    plain Kafka client properties, bootstrap servers and security among them
     * @param capacity of the model behind the classifier
     */
    public ClassifierLoop(
            ClassifierConfig config,
            Map<String, Object> kafka,
            BatchClassifier classifier,
            R1Capacity capacity,
            Clock clock) {
        requireDrainWithinPollInterval(config.drainTimeout(), kafka);
        InFlightLimit inFlight = new InFlightLimit(
                config.inFlight().maxNotes(), config.inFlight().maxBytes());
        this.publisher = AuditPublishers.create(config, kafka, inFlight);
        Dispatcher dispatcher = new Dispatcher(
                () -> limits(config.batch(), capacity, classifier.instructionTokens()),
                capacity,
                classifier,
                publisher,
                inFlight,
                clock);
        capacity.onRoom(dispatcher::dispatch);
        this.consumer = new NoteConsumer(
                new KafkaConsumer<>(consumer(config, kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                new Topics(config.topicPrefix()).notes(),
                NoteDecoder.DEFAULT.withMaxTextBytes(config.note().maxTextBytes()),
                dispatcher,
                publisher,
                inFlight);
        this.drainTimeout = config.drainTimeout();
        this.thread = Thread.ofPlatform().name("classifier-loop").unstarted(this::run);
    }

    /** Begins. */
    public void start() {
        publisher.start();
        thread.start();
    }

    /** Takes nothing in any more, lets running calls end within the drain timeout, writes and commits, and leaves. */
    public void stop() throws InterruptedException {
        consumer.stop();
        thread.join(drainTimeout.multipliedBy(2).plusSeconds(5));
    }

    /** What ended the loop, when it ended by itself. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Prompts take at most half of the context: the rest is for thought and answer. */
    private static BatchAccumulator.Limits limits(
            ClassifierConfig.Batch config, R1Capacity capacity, int instructionTokens) {
        int room = Math.max(1, capacity.contextTokens() / 2 - instructionTokens);
        return new BatchAccumulator.Limits(
                config.maxNotes().orElse(capacity.notesPerPrompt()),
                Math.min(config.maxTokens(), room),
                config.linger());
    }

    private void run() {
        try {
            consumer.run(drainTimeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure = e;
            LOG.error("The classifier's loop ended", e);
        }
    }

    /** Nobody polls while the loop drains; a member that is put out meanwhile could not commit what it finished. */
    private static void requireDrainWithinPollInterval(Duration drainTimeout, Map<String, Object> kafka) {
        long pollInterval = Long.parseLong(
                String.valueOf(kafka.getOrDefault("max.poll.interval.ms", DEFAULT_MAX_POLL_INTERVAL_MILLIS)));
        if (drainTimeout.multipliedBy(2).toMillis() >= pollInterval) {
            throw new IllegalArgumentException("rationale.drain-timeout is " + drainTimeout
                    + "; make it less than half of kafka.max.poll.interval.ms, which is " + pollInterval + " ms");
        }
    }

    private static Map<String, Object> consumer(ClassifierConfig config, Map<String, Object> kafka) {
        Map<String, Object> consumer = new HashMap<>(kafka);
        consumer.put("group.id", config.classifier().groupId());
        consumer.putIfAbsent("group.protocol", "consumer");
        consumer.put("enable.auto.commit", "false");
        consumer.put("auto.offset.reset", "earliest");
        consumer.put("isolation.level", "read_committed");
        consumer.put("max.poll.records", "200");
        consumer.put("fetch.max.bytes", String.valueOf(8 * 1024 * 1024));
        return consumer;
    }
}
