package io.rationale.console.reclassification;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.statistics.StoresUnavailableException;
import io.rationale.core.reclassification.ReclassificationJob;
import io.rationale.core.reclassification.ReclassificationJob.Change;
import io.rationale.core.reclassification.ReclassificationJob.Place;
import io.rationale.core.reclassification.ReclassificationJob.State;
import io.rationale.core.reclassification.ReclassificationRequest;
import io.rationale.core.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * What the console does that drives the reclassifications: one job after the other, in the order in which they were asked
 * for. All that it knows stands in the reclassifications topic; whoever begins with what stands there goes on where
 * another ended. Not thread safe.
 */
final class Desk implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Desk.class);
    private static final Duration TELL = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration TIDY = Duration.ofMinutes(1);
    private static final Comparator<ReclassificationJob> BY_AGE =
            Comparator.comparing(ReclassificationJob::at).thenComparing(ReclassificationJob::id);

    private final Portions portions;
    private final Journal journal;
    private final Map<String, ReclassificationJob> jobs;
    private final KafkaClients clients;
    private final Topics topics;
    private final JobNotes notes;
    private final ClassifierOffsets offsets;
    private final Predicate<Map<TopicPartition, Long>> isIndexed;
    private final InstantSource clock;
    private final Pace pace = new Pace();
    private JobAudit audit;
    private Instant told = Instant.MIN;
    private Instant looked = Instant.MIN;
    private Instant tidied = Instant.MIN;

    /**
     * How much is given to the classifiers.
     *
     * @param piece notes in a transaction
     * @param ahead notes that they are given before they are decided: enough for every slot, few to skip
     */
    record Portions(int piece, long ahead) {
        static final Portions USUAL = new Portions(200, 20_000);
    }

    /**
     * @param jobs      as they stand in the topic, by id
     * @param isIndexed whether the search index holds the audit up to these offsets
     */
    Desk(
            Portions portions,
            Journal journal,
            Map<String, ReclassificationJob> jobs,
            KafkaClients clients,
            Topics topics,
            JobNotes notes,
            ClassifierOffsets offsets,
            Predicate<Map<TopicPartition, Long>> isIndexed,
            InstantSource clock) {
        this.portions = portions;
        this.journal = journal;
        this.jobs = new HashMap<>(jobs);
        this.clients = clients;
        this.topics = topics;
        this.notes = notes;
        this.offsets = offsets;
        this.isIndexed = isIndexed;
        this.clock = clock;
    }

    /** Takes requests in; one that was taken in before changes nothing. */
    void take(List<ReclassificationRequest> requests, Journal.Read read) throws InterruptedException {
        Map<String, ReclassificationJob> changed = new LinkedHashMap<>();
        for (ReclassificationRequest request : requests) {
            ReclassificationJob before = changed.getOrDefault(request.id(), jobs.get(request.id()));
            Optional<ReclassificationJob> after = request.action() == ReclassificationRequest.Action.START
                    ? started(before, request)
                    : changed(before, request);
            after.ifPresent(job -> changed.put(job.id(), job));
        }
        write(changed.values(), read);
    }

    private Optional<ReclassificationJob> started(ReclassificationJob before, ReclassificationRequest request)
            throws InterruptedException {
        if (before != null || request.selection() == null) {
            return Optional.empty();
        }
        LOG.infof("Notes are to be judged again job=%s", request.id());
        return Optional.of(ReclassificationJob.asked(request).cutAt(auditEnds()));
    }

    private static Optional<ReclassificationJob> changed(ReclassificationJob job, ReclassificationRequest request) {
        Change change = new Change(request.by(), request.at(), request.action());
        if (job == null || job.state().isOver() || job.changed().contains(change)) {
            return Optional.empty();
        }
        boolean isBegun = job.startedAt() != null;
        State next =
                switch (request.action()) {
                    case PAUSE -> State.PAUSED;
                    case RESUME -> job.state() != State.PAUSED ? job.state() : isBegun ? State.RUNNING : State.WAITING;
                    case CANCEL -> isBegun ? State.CANCELLING : State.CANCELLED;
                    case START -> job.state();
                };
        ReclassificationJob after = job.changed(next, change);
        return Optional.of(next == State.CANCELLED ? after.ended(next, request.at()) : after);
    }

    /** Goes on with the job whose turn it is. @return whether there is more to do at once */
    boolean work(Journal.Read read) throws InterruptedException {
        Optional<ReclassificationJob> current = current();
        if (current.isEmpty()) {
            return false;
        }
        try {
            ReclassificationJob job = current.get();
            return switch (job.state()) {
                case WAITING -> begin(job, read);
                case RUNNING, PAUSED -> goOn(job, read);
                case CANCELLING -> cancel(job, read);
                case CANCELLED, FINISHED -> false;
            };
        } catch (StoresUnavailableException e) {
            // What the notes are is not known yet; what was counted in part is counted anew.
            closeAudit();
            return false;
        }
    }

    /** The one that was begun, be it paused; else the first that waits. */
    private Optional<ReclassificationJob> current() {
        List<ReclassificationJob> open = jobs.values().stream()
                .filter(job -> !job.state().isFinal())
                .sorted(BY_AGE)
                .toList();
        return open.stream().filter(job -> job.startedAt() != null).findFirst().or(() -> open.stream()
                .filter(job -> job.state() == State.WAITING)
                .findFirst());
    }

    private boolean begin(ReclassificationJob job, Journal.Read read) throws InterruptedException {
        Map<TopicPartition, Long> cut = new HashMap<>();
        job.place().cut().forEach((partition, end) -> cut.put(new TopicPartition(topics.audit(), partition), end));
        if (!isIndexed.test(cut)) {
            return false;
        }
        Place place = job.place();
        Place counting = new Place(place.cut(), null, false, auditEnds(), Map.of());
        ReclassificationJob begun = job.begun(notes.count(job), counting, clock.instant());
        write(List.of(begun), read);
        LOG.infof("Notes are judged again job=%s taxonomy=%s notes=%d", job.id(), job.taxonomy(), begun.notes());
        return true;
    }

    private boolean goOn(ReclassificationJob job, Journal.Read read) throws InterruptedException {
        JobAudit counting = counting(job);
        counting.read(Duration.ofMillis(1));
        if (job.state() == State.RUNNING && !job.place().complete() && job.open() < portions.ahead()) {
            enqueue(job, counting, read);
            return true;
        }
        Instant now = clock.instant();
        boolean isTime = Duration.between(told, now).compareTo(TELL) >= 0;
        if (counting.hasNews() && isTime) {
            ReclassificationJob counted = paced(counting.addTo(job), now);
            boolean isDone = counted.place().complete() && counted.open() <= 0;
            if (isDone) {
                end(counted, State.FINISHED, read);
            } else {
                write(List.of(counted), read);
            }
        } else if (job.place().complete() && job.open() <= 0) {
            end(job, State.FINISHED, read);
        }
        tidyUp(now);
        return false;
    }

    private ReclassificationJob paced(ReclassificationJob job, Instant now) {
        if (job.state() != State.RUNNING) {
            pace.forget();
            return job.paced(0);
        }
        return job.paced(pace.after(now, job.judged() + job.unclassifiable()));
    }

    private void enqueue(ReclassificationJob job, JobAudit counting, Journal.Read read) throws InterruptedException {
        JobNotes.Piece piece = notes.after(job, portions.piece());
        Instant now = clock.instant();
        ReclassificationJob counted = counting.hasNews() ? paced(counting.addTo(job), now) : job;
        ReclassificationJob after = journal.write(
                piece.notes(),
                ends -> counted.enqueued(piece.notes().size(), moved(counted.place(), piece, ends)),
                read,
                now);
        jobs.put(after.id(), after);
        told = now;
    }

    private static Place moved(Place before, JobNotes.Piece piece, Map<Integer, Long> ends) {
        Map<Integer, Long> all = new TreeMap<>(before.ends());
        ends.forEach((partition, end) -> all.merge(partition, end, Math::max));
        return new Place(before.cut(), piece.cursor(), piece.isLast(), before.counted(), all);
    }

    /** When the classifiers have finished with every note, all that they wrote of the job is in the audit. */
    private boolean cancel(ReclassificationJob job, Journal.Read read) throws InterruptedException {
        JobAudit counting = counting(job);
        counting.read(Duration.ofMillis(1));
        Instant now = clock.instant();
        if (Duration.between(looked, now).compareTo(LOOK) < 0) {
            return false;
        }
        looked = now;
        Map<Integer, Long> finished = offsets.finished();
        boolean isSettled = job.place().ends().entrySet().stream()
                .allMatch(end -> finished.getOrDefault(end.getKey(), 0L) >= end.getValue());
        if (isSettled) {
            Map<Integer, Long> ends = auditEnds();
            while (!counting.hasRead(ends)) {
                counting.read(Duration.ofMillis(200));
            }
            end(counting.addTo(job), State.CANCELLED, read);
            return true;
        }
        return false;
    }

    private void end(ReclassificationJob job, State state, Journal.Read read) throws InterruptedException {
        write(List.of(job.ended(state, clock.instant())), read);
        LOG.infof(
                "Notes are judged again no more job=%s state=%s judged=%d unclassifiable=%d",
                job.id(), state.code(), job.judged(), job.unclassifiable());
        closeAudit();
        pace.forget();
        offsets.delete(offsets.finished());
    }

    /** What is finished is of no use to anybody, however long the job takes. */
    private void tidyUp(Instant now) throws InterruptedException {
        if (Duration.between(tidied, now).compareTo(TIDY) >= 0) {
            tidied = now;
            offsets.delete(offsets.finished());
        }
    }

    private JobAudit counting(ReclassificationJob job) {
        if (audit == null || !audit.job().equals(job.id())) {
            closeAudit();
            audit = new JobAudit(clients, topics.audit(), job, noteId -> notes.labelBefore(job, noteId));
        }
        return audit;
    }

    private void write(Collection<ReclassificationJob> changed, Journal.Read read) {
        Instant now = clock.instant();
        journal.write(changed, read, now);
        changed.forEach(job -> jobs.put(job.id(), job));
        told = now;
    }

    private Map<Integer, Long> auditEnds() throws InterruptedException {
        return offsets.ends(topics.audit(), offsets.partitions(topics.audit()));
    }

    private void closeAudit() {
        if (audit != null) {
            audit.close();
            audit = null;
        }
    }

    @Override
    public void close() {
        closeAudit();
        journal.close();
        offsets.close();
    }
}
