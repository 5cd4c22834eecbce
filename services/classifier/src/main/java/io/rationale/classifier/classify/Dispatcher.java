package io.rationale.classifier.classify;

import io.rationale.classifier.metrics.LoopMetrics;
import io.rationale.classifier.r1.R1Capacity;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.DecisionSink;
import io.rationale.classifier.work.InFlightLimit;
import io.rationale.classifier.work.NoteTask;
import io.rationale.classifier.work.PartitionWork;
import io.rationale.core.batch.BatchAccumulator;
import io.rationale.core.injection.Injection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Keeps R1 busy: whenever the cluster has room for a call and a batch is due, a virtual thread takes both. A thread that
 * ends looks for the next batch itself, so that no slot waits for the poll loop. What is to be asked again goes before
 * what is new, since it has waited longer. Thread safe.
 *
 * <p>Each version of the taxonomy has a queue of its own, so that no batch mixes versions. When the version changes,
 * notes that no call was begun about go over to the new one; all others end where they began.
 */
public final class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    /** By who judges them, in the order in which their versions came. */
    private final SequencedMap<Company, BatchAccumulator<PendingNote>> queues = new LinkedHashMap<>();
    /** To be asked as they stand: notes alone, and halves of batches that failed. */
    private final ArrayDeque<List<PendingNote>> again = new ArrayDeque<>();

    private final Set<Call> running = new HashSet<>();
    private final CallDurations durations = new CallDurations();
    private final IntFunction<BatchAccumulator.Limits> limits;
    private final SharedVerdicts shared;
    private final TokenBudget budget;
    private final DecisionSink sink;
    private final InFlightLimit inFlight;
    private final R1Capacity capacity;
    private final LoopMetrics metrics;
    private final RandomGenerator random;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile BatchClassifier current;
    private volatile Throwable failure;
    private boolean closed;

    /** Which notes may be in a call together; a note that addresses R1 is alone, so that it can speak for no other. */
    private record Company(BatchClassifier classifier, boolean isAlone) {
        static Company of(PendingNote note) {
            return new Company(note.classifier(), note.isSuspected());
        }
    }

    /** What was cut off, to be repeated by whoever owns the partitions next. */
    public record LetGo(int calls, int notes) {}

    /** A call in progress. */
    private static final class Call {
        private final List<PendingNote> notes;
        private final Instant since;
        private Thread thread;
        private boolean isDoubled;
        private boolean isCancelled;

        Call(List<PendingNote> notes, Instant since) {
            this.notes = notes;
            this.since = since;
        }

        /** All its notes are of one. */
        BatchClassifier classifier() {
            return notes.getFirst().classifier();
        }

        boolean isAbout(Collection<PartitionWork> partitions) {
            return notes.stream()
                    .anyMatch(each ->
                            !each.isSettled() && partitions.contains(each.task().work()));
        }

        boolean isInVain() {
            return notes.stream().allMatch(PendingNote::isSettled);
        }

        Duration age(Instant now) {
            return Duration.between(since, now);
        }

        void cancel() {
            isCancelled = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /**
     * @param limits     of a batch, asked at each cut; given the tokens of the instructions that stand before the notes
     * @param classifier who judges at first
     */
    public Dispatcher(
            IntFunction<BatchAccumulator.Limits> limits,
            R1Capacity capacity,
            BatchClassifier classifier,
            SharedVerdicts shared,
            TokenBudget budget,
            DecisionSink sink,
            InFlightLimit inFlight,
            LoopMetrics metrics,
            RandomGenerator random,
            Clock clock) {
        this.limits = limits;
        this.capacity = capacity;
        this.current = classifier;
        this.shared = shared;
        this.budget = budget;
        this.sink = sink;
        this.inFlight = inFlight;
        this.metrics = metrics;
        this.random = random;
        this.clock = clock;
    }

    /** Takes a note in. */
    public void add(NoteTask task) {
        BatchClassifier judge = current;
        Injection injection = judge.injection(task.note());
        if (injection.controlTokens() > 0 || injection.isSuspected() && injection.hidden() > 0) {
            LOG.infof(
                    "Neutralised in the prompt about a note: controlTokens=%d hiddenCharacters=%d of=%s-%d",
                    injection.controlTokens(), injection.hidden(), task.work().partition(), task.offset());
        }
        metrics.read(injection);
        synchronized (this) {
            PendingNote note = new PendingNote(task, clock.instant(), judge, injection.isSuspected());
            if (judge != current) {
                note.judgeBy(current);
            }
            add(note);
        }
    }

    /** Who judges the notes that come now. */
    public BatchClassifier current() {
        return current;
    }

    /**
     * Another is to judge: every note that no call was begun about, and all that come. A note that waits for the call
     * about another of the same content is in that call.
     */
    public synchronized void judgeBy(BatchClassifier next) {
        List<PendingNote> moving = new ArrayList<>();
        queues.values().forEach(queue -> queue.removeIf(note -> !note.isAsked() && moving.add(note)));
        queues.values().removeIf(queue -> queue.size() == 0);
        shared.forgetRecent();
        current = next;
        for (PendingNote note : moving) {
            shared.judgeBy(note, next);
            queue(note).add(note, note.since());
        }
    }

    private BatchAccumulator<PendingNote> queue(PendingNote note) {
        return queues.computeIfAbsent(
                Company.of(note), company -> new BatchAccumulator<>(() -> limits(company), PendingNote::tokens));
    }

    private BatchAccumulator.Limits limits(Company company) {
        BatchAccumulator.Limits usual = limits.apply(company.classifier().instructionTokens());
        return company.isAlone() ? new BatchAccumulator.Limits(1, usual.maxTokens(), Duration.ZERO) : usual;
    }

    private void add(PendingNote note) {
        Optional<Decision> recent = shared.recent(note, clock.instant());
        if (recent.isPresent()) {
            metrics.shared();
            sink.add(recent.get());
        } else if (!shared.waits(note)) {
            queue(note).add(note, clock.instant());
        }
    }

    /** Starts what is due. */
    public synchronized void dispatch() {
        while (!closed && failure == null && !sink.isFull() && running.size() < capacity.calls()) {
            Optional<List<PendingNote>> batch = next();
            if (batch.isEmpty()) {
                return;
            }
            Instant now = clock.instant();
            batch.get().forEach(PendingNote::asking);
            Call call = new Call(permuted(batch.get()), now);
            metrics.batch(
                    call.notes.size(), Duration.between(batch.get().getFirst().since(), now));
            running.add(call);
            threads.execute(() -> run(call));
        }
    }

    /**
     * Lets calls about these partitions end, starts none, and lets go of what is not decided in time.
     *
     * @param bound longest wait
     * @return what was cut off
     */
    public synchronized LetGo drain(Collection<PartitionWork> partitions, Duration bound) throws InterruptedException {
        partitions.forEach(PartitionWork::leave);
        letGoOfWaiting();
        long until = System.nanoTime() + bound.toNanos();
        for (long left = bound.toNanos(); left > 0 && isAskingAbout(partitions); left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return cutOff(partitions);
    }

    /** Lets go of partitions that are gone, without waiting. @return what was cut off */
    public synchronized LetGo letGo(Collection<PartitionWork> partitions) {
        partitions.forEach(PartitionWork::leave);
        letGoOfWaiting();
        return cutOff(partitions);
    }

    /**
     * Nobody wants to know any more what R1 says of the notes that wait. Of those that were sampled already the votes
     * decide; calls in progress may end.
     */
    public synchronized void skipWaiting() {
        List<PendingNote> unwanted = new ArrayList<>();
        queues.values().forEach(queue -> queue.removeIf(note -> unwanted.add(note)));
        again.forEach(batch -> batch.stream().filter(PendingNote::isWanted).forEach(unwanted::add));
        again.clear();
        unwanted.forEach(this::skip);
    }

    private void skip(PendingNote note) {
        budget.settle(note.takeReserved(), 0);
        if (!note.isSecondTry()) {
            Decision decision = decidedByVotes(note).orElseGet(() -> SharedVerdicts.skipped(note.task()));
            decide(note, decision);
        }
    }

    /** Nothing is started any more. */
    public void close() throws InterruptedException {
        synchronized (this) {
            closed = true;
            running.forEach(Call::cancel);
        }
        threads.shutdownNow();
        threads.awaitTermination(1, TimeUnit.SECONDS);
    }

    /** What no call can go on after, as when memory is used up. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Calls in progress. */
    public synchronized int running() {
        return running.size();
    }

    /** Notes that wait for a call. */
    public synchronized int waiting() {
        return queued() + again.stream().mapToInt(List::size).sum();
    }

    private int queued() {
        return queues.values().stream().mapToInt(BatchAccumulator::size).sum();
    }

    private Optional<List<PendingNote>> next() {
        while (!again.isEmpty()) {
            List<PendingNote> batch =
                    again.remove().stream().filter(PendingNote::isWanted).toList();
            if (!batch.isEmpty()) {
                return Optional.of(batch);
            }
        }
        Optional<List<PendingNote>> batch = due();
        if (batch.isEmpty() && queued() == 0) {
            doubleStragglers();
            return Optional.ofNullable(again.poll());
        }
        return batch;
    }

    /** A batch of one version; what is left of an older one goes first. */
    private Optional<List<PendingNote>> due() {
        for (Map.Entry<Company, BatchAccumulator<PendingNote>> each : queues.entrySet()) {
            BatchAccumulator<PendingNote> queue = each.getValue();
            // Nobody lingers for company while R1 has nothing to do.
            Optional<List<PendingNote>> batch = running.isEmpty() ? queue.pollNow() : queue.poll(clock.instant());
            if (batch.isPresent()) {
                takeTurns(each.getKey());
                return batch;
            }
        }
        return Optional.empty();
    }

    /** Notes that stand alone and batches of the same version follow one another: neither can keep the other waiting. */
    private void takeTurns(Company served) {
        Company other = new Company(served.classifier(), !served.isAlone());
        if (queues.containsKey(other)) {
            queues.putFirst(other, queues.get(other));
        }
    }

    /** A note that is sampled again meets other notes in another order: the position in a batch sways models. */
    private List<PendingNote> permuted(List<PendingNote> batch) {
        if (batch.stream().noneMatch(PendingNote::isExtra)) {
            return batch;
        }
        List<PendingNote> permuted = new ArrayList<>(batch);
        Collections.shuffle(permuted, Random.from(random));
        return permuted;
    }

    /**
     * While slots are idle: the notes of a batch that takes much longer than others are asked about alone, too, so that
     * they need not wait for the one that R1 broods over. It stands in the budget of extra tokens.
     */
    private void doubleStragglers() {
        for (Call call : running) {
            if (call.notes.size() > 1 && !call.isDoubled && durations.isStraggler(call.age(clock.instant()))) {
                call.isDoubled = true;
                call.notes.stream().filter(PendingNote::isWanted).forEach(this::tryBeside);
            }
        }
    }

    private void tryBeside(PendingNote note) {
        double estimate = 2.0 * (note.classifier().instructionTokens() + note.tokens());
        if (budget.reserve(estimate)) {
            PendingNote second = note.secondTry();
            second.reserve(estimate);
            again.add(List.of(second));
            metrics.secondTry();
        }
    }

    private void run(Call call) {
        boolean isStarted;
        synchronized (this) {
            call.thread = Thread.currentThread();
            isStarted = !call.isCancelled;
        }
        CallResult result = new CallResult();
        try {
            if (isStarted) {
                result = call.classifier().ask(call.notes);
            }
        } catch (InterruptedException e) {
            // Cancelled: whoever did it knows what is to become of the notes. What was reserved counts as spent.
            call.notes.forEach(this::countReservedAsSpent);
        } catch (Error e) {
            LOG.error("No call can go on", e);
            failure = e;
        } finally {
            end(call, result);
        }
        dispatch();
    }

    private void countReservedAsSpent(PendingNote note) {
        double reserved = note.takeReserved();
        budget.settle(reserved, reserved);
    }

    private synchronized void end(Call call, CallResult result) {
        running.remove(call);
        call.thread = null;
        if (!call.isCancelled) {
            durations.add(call.age(clock.instant()));
        }
        result.decided().forEach(each -> decide(each.note(), each.decision()));
        result.doubted().forEach(this::askFurther);
        result.again().forEach(this::askAsItStands);
        if (call.isDoubled || call.notes.stream().anyMatch(PendingNote::isSecondTry)) {
            running.stream().filter(Call::isInVain).forEach(Call::cancel);
        }
        notifyAll();
    }

    /** A second try that failed decides nothing: the first call goes on. */
    private void decide(PendingNote note, Decision decision) {
        boolean failedBeside = note.isSecondTry() && !(decision instanceof Decision.Judged);
        if (failedBeside || !note.settle()) {
            return;
        }
        Optional<BatchClassifier> below = below(note, decision);
        if (below.isPresent()) {
            goOn(note.at(below.get()));
        } else {
            sink.add(decision);
            for (Decision each : shared.decided(note, decision, clock.instant())) {
                metrics.shared();
                sink.add(each);
            }
        }
    }

    /** At the level below; it waited at the one above already. */
    private void goOn(PendingNote note) {
        if (note.isWanted()) {
            queue(note).add(note, note.since());
        } else {
            letGo(note);
        }
    }

    private static Optional<BatchClassifier> below(PendingNote note, Decision decision) {
        return decision instanceof Decision.Judged judged
                ? note.classifier().below(judged.verdict().category())
                : Optional.empty();
    }

    private void askFurther(PendingNote note) {
        if (note.isWanted()) {
            queue(note).addFirst(note, clock.instant());
        } else {
            leave(note);
        }
    }

    private void askAsItStands(List<PendingNote> batch) {
        batch.stream().filter(note -> !note.isWanted()).forEach(this::leave);
        // A second try is made once: the first call about its note goes on.
        List<PendingNote> wanted = batch.stream()
                .filter(note -> note.isWanted() && !note.isSecondTry())
                .toList();
        if (!wanted.isEmpty()) {
            again.add(wanted);
        }
    }

    private void letGoOfWaiting() {
        List<PendingNote> leaving = new ArrayList<>();
        queues.values()
                .forEach(queue -> queue.removeIf(note -> note.task().work().isLeaving() && leaving.add(note)));
        again.forEach(batch -> batch.stream().filter(note -> !note.isWanted()).forEach(leaving::add));
        leaving.forEach(this::leave);
    }

    /** Of what leaves, the votes that were given decide; the rest stays in Kafka. */
    private void leave(PendingNote note) {
        budget.settle(note.takeReserved(), 0);
        // A group is no label: whoever owns the partition next begins at the top.
        decidedByVotes(note).ifPresentOrElse(each -> decide(note, each), () -> letGo(note));
    }

    private static Optional<Decision> decidedByVotes(PendingNote note) {
        return note.votes().isEmpty()
                ? Optional.empty()
                : Optional.<Decision>of(note.classifier().decideByVotes(note))
                        .filter(each -> below(note, each).isEmpty());
    }

    private void letGo(PendingNote note) {
        if (!note.isSecondTry() && note.settle()) {
            release(note.task());
            for (NoteTask other : shared.letGo(note)) {
                if (other.work().isLeaving()) {
                    release(other);
                } else {
                    add(other);
                }
            }
        }
    }

    private void release(NoteTask task) {
        inFlight.release(task.size());
        task.span().end();
    }

    private boolean isAskingAbout(Collection<PartitionWork> partitions) {
        return running.stream().anyMatch(call -> call.isAbout(partitions));
    }

    private LetGo cutOff(Collection<PartitionWork> partitions) {
        int calls = 0;
        int notes = 0;
        for (Call call : running) {
            if (call.isAbout(partitions)) {
                calls++;
                for (PendingNote note : call.notes) {
                    if (partitions.contains(note.task().work()) && !note.isSettled()) {
                        notes++;
                        leave(note);
                    }
                }
            }
            if (call.isInVain()) {
                call.cancel();
            }
        }
        metrics.letGo(calls, notes);
        return new LetGo(calls, notes);
    }
}
