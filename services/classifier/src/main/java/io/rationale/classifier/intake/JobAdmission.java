package io.rationale.classifier.intake;

import io.rationale.classifier.classify.BatchClassifier;
import io.rationale.classifier.classify.Dispatcher;
import io.rationale.classifier.work.InFlightLimit;
import io.rationale.core.audit.CloudEvents;
import io.rationale.core.reclassification.ReclassificationJob;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/**
 * Takes notes in that are to be judged again: one job's at a time, each under the version of its job, whatever else is
 * active. What comes of a job that somebody cancelled is skipped. Used by the poll loop's thread, but for {@link
 * #isRunning} and {@link #job}, which any thread may ask.
 */
final class JobAdmission implements Admission {
    private static final Logger LOG = Logger.getLogger(JobAdmission.class);

    private final Supplier<Map<String, ReclassificationJob>> jobs;
    private final Function<TaxonomyRef, Optional<Taxonomy>> taxonomies;
    private final Function<Taxonomy, BatchClassifier> classifiers;
    private final IntSupplier contextTokens;
    private final InFlightLimit inFlight;
    private Dispatcher dispatcher;
    private volatile String current;
    private Taxonomy taxonomy;
    private int context;
    private TaxonomyRef missing;

    /**
     * @param jobs        all that are known, by id
     * @param taxonomies  finds a version
     * @param classifiers for the context of now
     */
    JobAdmission(
            Supplier<Map<String, ReclassificationJob>> jobs,
            Function<TaxonomyRef, Optional<Taxonomy>> taxonomies,
            Function<Taxonomy, BatchClassifier> classifiers,
            IntSupplier contextTokens,
            InFlightLimit inFlight) {
        this.jobs = jobs;
        this.taxonomies = taxonomies;
        this.classifiers = classifiers;
        this.contextTokens = contextTokens;
        this.inFlight = inFlight;
    }

    /** @param given is told who judges, and what nobody wants to know any more */
    void drives(Dispatcher given) {
        this.dispatcher = given;
    }

    /** The job whose notes are taken in, or were last. */
    Optional<String> job() {
        return Optional.ofNullable(current);
    }

    /** Whether calls may be begun. */
    boolean isRunning() {
        return state(current).filter(ReclassificationJob.State.RUNNING::equals).isPresent();
    }

    @Override
    public Answer of(ConsumerRecord<byte[], byte[]> record) {
        String job = header(record, CloudEvents.RECLASSIFICATION);
        if (job == null) {
            LOG.warnf(
                    "A record of no reclassification is left out topic=%s partition=%d offset=%d",
                    record.topic(), record.partition(), record.offset());
            return Answer.SKIP;
        }
        Optional<ReclassificationJob> known = Optional.ofNullable(jobs.get().get(job));
        if (known.isEmpty()) {
            // The note was read before its job was: that comes.
            return Answer.WAIT;
        }
        if (known.get().state().isOver()) {
            return Answer.SKIP;
        }
        return job.equals(current) || goesOverTo(known.get()) ? Answer.TAKE : Answer.WAIT;
    }

    /** Batches never mix jobs: all notes of the one before are finished first. */
    private boolean goesOverTo(ReclassificationJob next) {
        if (inFlight.notes() > 0) {
            return false;
        }
        Optional<Taxonomy> version = taxonomies.apply(next.taxonomy());
        if (version.isEmpty()) {
            complainAbout(next);
            return false;
        }
        LOG.infof("Notes are judged again job=%s taxonomy=%s", next.id(), next.taxonomy());
        taxonomy = version.get();
        context = contextTokens.getAsInt();
        dispatcher.judgeBy(classifiers.apply(taxonomy));
        current = next.id();
        return true;
    }

    private void complainAbout(ReclassificationJob job) {
        if (!job.taxonomy().equals(missing)) {
            missing = job.taxonomy();
            LOG.warnf("The taxonomy of a reclassification is not known yet job=%s taxonomy=%s", job.id(), missing);
        }
    }

    @Override
    public void turn() {
        if (state(current).filter(ReclassificationJob.State::isOver).isPresent()) {
            dispatcher.skipWaiting();
        } else if (taxonomy != null && contextTokens.getAsInt() != context) {
            context = contextTokens.getAsInt();
            BatchClassifier adjusted = classifiers.apply(taxonomy);
            if (adjusted.hasLevels() != dispatcher.current().hasLevels()) {
                dispatcher.judgeBy(adjusted);
            }
        }
    }

    private Optional<ReclassificationJob.State> state(String job) {
        return job == null
                ? Optional.empty()
                : Optional.ofNullable(jobs.get().get(job)).map(ReclassificationJob::state);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
