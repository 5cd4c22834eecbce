package io.rationale.classifier.intake;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.rationale.classifier.ClassifierConfig;
import io.rationale.classifier.classify.BatchClassifier;
import io.rationale.classifier.classify.Dispatcher;
import io.rationale.classifier.classify.SharedVerdicts;
import io.rationale.classifier.classify.TokenBudget;
import io.rationale.classifier.metrics.LoopMetrics;
import io.rationale.classifier.publish.AuditPublisher;
import io.rationale.classifier.publish.AuditPublishers;
import io.rationale.classifier.r1.R1Capacity;
import io.rationale.classifier.r1.SpareSlots;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.classifier.work.InFlightLimit;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.reclassification.ReclassificationJob;
import io.rationale.core.redaction.Redactor;
import io.rationale.core.status.ClassifierStatus;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyVersions;
import io.rationale.core.topic.Topics;
import io.rationale.topics.TaxonomyFeed;
import io.rationale.topics.TopicFeed;
import io.rationale.topics.TopicSetup;
import io.rationale.topics.redaction.Redactors;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * The loop from the notes that are to be judged again to the audit topic, on a thread of its own. It is made of the same
 * parts as the loop over new notes, under a group and a transactional id of its own, and begins a call only where {@link
 * SpareSlots} leaves one.
 */
public final class ReclassificationLoop {
    private static final Logger LOG = Logger.getLogger(ReclassificationLoop.class);
    private static final String METERS = "rationale.";
    private static final String OWN_METERS = "rationale.reclassification.";
    /** Whether their texts were too long was asked when they came. */
    private static final int ANY_LENGTH = Integer.MAX_VALUE;

    private final TopicSetup topics;
    private final TaxonomyFeed taxonomies;
    private final TopicFeed<ReclassificationJob> jobs;
    private final JobAdmission admission;
    private final AuditPublisher publisher;
    private final Dispatcher dispatcher;
    private final NoteConsumer consumer;
    private final InFlightLimit inFlight;
    private final Duration drainTimeout;
    private final Duration maxPollInterval;
    private final Thread thread;
    private volatile Throwable failure;

    /**
     * @param configured taxonomy, while the taxonomies topic says nothing else
     * @param kafka      plain Kafka client properties, bootstrap servers and security among them
     * @param model      to ask
     * @param capacity   of the model
     * @param spare      says how much of that is left
     * @param instance   name of this classifier
     * @param registry   gets the meters, whose names begin with {@code rationale.reclassification}
     */
    public ReclassificationLoop(
            ClassifierConfig config,
            Map<String, Object> kafka,
            Taxonomy configured,
            ReasoningModel model,
            R1Capacity capacity,
            SpareSlots spare,
            String instance,
            MeterRegistry registry,
            NoteTraces traces,
            Clock clock) {
        Topics names = new Topics(config.topicPrefix());
        RandomGenerator random = RandomGenerator.getDefault();
        LoopMetrics metrics = new LoopMetrics(renaming(registry));
        TokenBudget budget = new TokenBudget(
                config.extraTokens().share(), config.extraTokens().most());
        Function<Taxonomy, BatchClassifier> classifiers =
                LoopParts.classifiers(config, capacity, model, budget, traces, random, clock);
        this.topics = LoopParts.topics(config, kafka);
        this.taxonomies = new TaxonomyFeed(kafka, "reclassification-taxonomies", names.taxonomies(), published -> {});
        this.jobs = new TopicFeed<>(
                kafka, "reclassification-jobs", names.reclassifications(), ReclassificationJob.class, published -> {});
        this.inFlight = new InFlightLimit(
                () -> LoopParts.maxNotes(config, capacity), config.inFlight().maxBytes());
        this.admission = new JobAdmission(
                jobs::published,
                ref -> new TaxonomyVersions(configured, taxonomies.published()).find(ref),
                classifiers,
                capacity::contextTokens,
                inFlight);
        Redactor redactor = Redactors.of(config.redaction(), metrics::redacted);
        this.publisher = AuditPublishers.reclassifying(config, kafka, instance, redactor, inFlight, metrics);
        this.dispatcher = new Dispatcher(
                instructionTokens -> LoopParts.limits(config.batch(), capacity, instructionTokens),
                new SpareCapacity(capacity, spare, admission::isRunning),
                classifiers.apply(configured),
                SharedVerdicts.of(config.sharedVerdicts()),
                budget,
                publisher,
                inFlight,
                metrics,
                random,
                clock);
        admission.drives(dispatcher);
        spare.register(SpareSlots.Use.RECLASSIFICATION, dispatcher::running, this::wanted);
        metrics.watch(inFlight::notes, inFlight::bytes, dispatcher::waiting, dispatcher::running);
        metrics.watchBudget(budget::left);
        this.consumer = new NoteConsumer(
                new KafkaConsumer<>(
                        LoopParts.consumer(config.classifier().groupId() + "-reclassification", kafka),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                names.reclassificationNotes(),
                NoteDecoder.DEFAULT
                        .withMaxTextBytes(ANY_LENGTH)
                        .redacting(redactor)
                        .takingKeys(),
                admission,
                dispatcher,
                publisher,
                inFlight,
                metrics,
                traces,
                config.drainTimeout());
        this.drainTimeout = config.drainTimeout();
        this.maxPollInterval = ConfigCheck.maxPollInterval(kafka);
        this.thread = Thread.ofPlatform().name("reclassification-loop").unstarted(this::run);
    }

    private int wanted() {
        return admission.isRunning() ? dispatcher.waiting() : 0;
    }

    private static MeterRegistry renaming(MeterRegistry registry) {
        CompositeMeterRegistry renaming = new CompositeMeterRegistry();
        renaming.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.withName(id.getName().replaceFirst(METERS, OWN_METERS));
            }
        });
        return renaming.add(registry);
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
        jobs.stop();
        consumer.stop();
        thread.join(drainTimeout.plusSeconds(10));
        taxonomies.close();
        jobs.close();
    }

    /** How it is now. */
    public ClassifierStatus.Reclassification state() {
        return new ClassifierStatus.Reclassification(
                admission.job().filter(job -> inFlight.notes() > 0).orElse(null),
                inFlight.notes(),
                dispatcher.waiting(),
                dispatcher.running(),
                consumer.lag());
    }

    /** What ended the loop, when it ended by itself. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether the loop has not polled for so long that its group will have put it out: only a restart brings it back. */
    public boolean isStuck() {
        return taxonomies.isLoaded()
                && jobs.isLoaded()
                && thread.isAlive()
                && consumer.sinceLastPoll().compareTo(maxPollInterval.multipliedBy(2)) > 0;
    }

    private void run() {
        try {
            topics.run();
            taxonomies.start();
            jobs.start();
            taxonomies.awaitLoaded();
            jobs.awaitLoaded();
            consumer.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure = e;
            LOG.error("The loop over notes that are judged again ended", e);
        }
    }
}
