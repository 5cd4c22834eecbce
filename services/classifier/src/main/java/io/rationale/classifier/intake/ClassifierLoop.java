package io.rationale.classifier.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.rationale.classifier.ClassifierConfig;
import io.rationale.classifier.classify.BatchClassifier;
import io.rationale.classifier.classify.Dispatcher;
import io.rationale.classifier.classify.SharedVerdicts;
import io.rationale.classifier.classify.TokenBudget;
import io.rationale.classifier.metrics.LoopMetrics;
import io.rationale.classifier.publish.AuditPublisher;
import io.rationale.classifier.publish.AuditPublishers;
import io.rationale.classifier.publish.InstanceId;
import io.rationale.classifier.r1.R1Capacity;
import io.rationale.classifier.status.LoopState;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.classifier.work.InFlightLimit;
import io.rationale.core.batch.BatchAccumulator;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.redaction.Redactor;
import io.rationale.core.status.ClassifierStatus;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.topic.Topics;
import io.rationale.topics.TaxonomyFeed;
import io.rationale.topics.TopicSetup;
import io.rationale.topics.redaction.Redactors;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/** The loop from the notes topic to the audit topic, on a thread of its own. */
public final class ClassifierLoop {
    private static final Logger LOG = Logger.getLogger(ClassifierLoop.class);

    private static final Duration LATELY = Duration.ofSeconds(30);

    private final TopicSetup topics;
    private final TaxonomyFeed taxonomies;
    private final AuditPublisher publisher;
    private final NoteConsumer consumer;
    private final Duration drainTimeout;
    private final Duration maxPollInterval;
    private final Supplier<LoopState> state;
    private final IntSupplier running;
    private final IntSupplier waiting;
    private final Thread thread;
    private volatile Throwable failure;

    /**
     * @param taxonomy to judge under while the taxonomies topic says nothing else
     * @param kafka    plain Kafka client properties, bootstrap servers and security among them
     * @param model    to ask
     * @param capacity of the model
     * @param registry gets the meters
     * @param traces   begins the spans
     * @throws IllegalArgumentException with a sentence when the configuration contradicts itself
     */
    public ClassifierLoop(
            ClassifierConfig config,
            Map<String, Object> kafka,
            Taxonomy taxonomy,
            ReasoningModel model,
            R1Capacity capacity,
            MeterRegistry registry,
            NoteTraces traces,
            Clock clock) {
        ConfigCheck.requireConsistent(config, kafka);
        this.topics = LoopParts.topics(config, kafka);
        RandomGenerator random = RandomGenerator.getDefault();
        LoopMetrics metrics = new LoopMetrics(registry);
        TokenBudget budget = new TokenBudget(
                config.extraTokens().share(), config.extraTokens().most());
        Function<Taxonomy, BatchClassifier> classifiers =
                LoopParts.classifiers(config, capacity, model, budget, traces, random, clock);
        SharedVerdicts shared = SharedVerdicts.of(config.sharedVerdicts());
        InFlightLimit inFlight = new InFlightLimit(
                () -> LoopParts.maxNotes(config, capacity), config.inFlight().maxBytes());
        InstanceId instance = InstanceId.of(config.classifier().instanceId());
        Redactor redactor = Redactors.of(config.redaction(), metrics::redacted);
        this.publisher = AuditPublishers.create(config, kafka, instance, redactor, inFlight, metrics);
        Dispatcher dispatcher = new Dispatcher(
                instructionTokens -> LoopParts.limits(config.batch(), capacity, instructionTokens),
                capacity,
                classifiers.apply(taxonomy),
                shared,
                budget,
                publisher,
                inFlight,
                metrics,
                random,
                clock);
        TaxonomySwitch taxonomySwitch = new TaxonomySwitch(taxonomy, classifiers, capacity::contextTokens, dispatcher);
        capacity.onRoom(() -> {
            taxonomySwitch.contextMayHaveChanged();
            dispatcher.dispatch();
        });
        this.taxonomies = new TaxonomyFeed(
                kafka, "classifier-taxonomies", new Topics(config.topicPrefix()).taxonomies(), taxonomySwitch::changed);
        metrics.watch(inFlight::notes, inFlight::bytes, dispatcher::waiting, dispatcher::running);
        metrics.watchBudget(budget::left);
        this.running = dispatcher::running;
        this.waiting = dispatcher::waiting;
        this.consumer = new NoteConsumer(
                new KafkaConsumer<>(
                        LoopParts.consumer(config.classifier().groupId(), kafka),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                new Topics(config.topicPrefix()).notes(),
                NoteDecoder.DEFAULT
                        .withMaxTextBytes(config.note().maxTextBytes())
                        .redacting(redactor),
                Admission.ALL,
                dispatcher,
                publisher,
                inFlight,
                metrics,
                traces,
                config.drainTimeout());
        this.state = () -> new LoopState(
                instance.value(),
                taxonomySwitch.current().ref(),
                inFlight.notes(),
                dispatcher.waiting(),
                consumer.lag(),
                batch(LoopParts.limits(
                        config.batch(), capacity, dispatcher.current().instructionTokens())));
        this.drainTimeout = config.drainTimeout();
        this.maxPollInterval = ConfigCheck.maxPollInterval(kafka);
        this.thread = Thread.ofPlatform().name("classifier-loop").unstarted(this::run);
    }

    /** Begins. */
    public void start() {
        publisher.start();
        thread.start();
    }

    /** Takes nothing in any more, lets running calls end within the drain timeout, writes and commits, and leaves. */
    public void stop() throws InterruptedException {
        topics.stop();
        taxonomies.stop();
        consumer.stop();
        thread.join(drainTimeout.plusSeconds(10));
        taxonomies.close();
    }

    /** How it is now. */
    public LoopState state() {
        return state.get();
    }

    /** Calls about notes in progress. */
    public int running() {
        return running.getAsInt();
    }

    /** Notes that wait for a call. */
    public int waiting() {
        return waiting.getAsInt();
    }

    /** What ended the loop, when it ended by itself. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether the loop has not polled for so long that its group will have put it out: only a restart brings it back. */
    public boolean isStuck() {
        return taxonomies.isLoaded()
                && thread.isAlive()
                && consumer.sinceLastPoll().compareTo(maxPollInterval.multipliedBy(2)) > 0;
    }

    /** Whether it is a member of its group, of which the brokers heard lately. */
    public boolean isMember() {
        return thread.isAlive() && consumer.sinceHeartbeat().compareTo(LATELY) < 0;
    }

    private static ClassifierStatus.Batch batch(BatchAccumulator.Limits limits) {
        return new ClassifierStatus.Batch(limits.maxNotes(), limits.maxTokens());
    }

    private void run() {
        try {
            topics.run();
            // No note is asked about before it is known under which version.
            taxonomies.start();
            taxonomies.awaitLoaded();
            consumer.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure = e;
            LOG.error("The classifier's loop ended", e);
        }
    }
}
