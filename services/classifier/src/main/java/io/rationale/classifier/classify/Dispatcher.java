package io.rationale.classifier.classify;

import io.rationale.classifier.metrics.LoopMetrics;
import io.rationale.classifier.r1.R1Capacity;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.DecisionSink;
import io.rationale.classifier.work.InFlightLimit;
import io.rationale.classifier.work.NoteTask;
import io.rationale.classifier.work.PartitionWork;
import io.rationale.core.batch.BatchAccumulator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Keeps R1 busy: whenever the cluster has room for a call and a batch is due, a virtual thread takes both. A thread that
 * ends looks for the next batch itself, so that no slot waits for the poll loop. What is to be asked again goes before
 * what is new, since it has waited longer. Thread safe.
 */
public final class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private final BatchAccumulator<PendingNote> waiting;
    /** To be asked as they stand: notes alone, and halves of batches that failed. */
    private final ArrayDeque<List<PendingNote>> again = new ArrayDeque<>();

    private final Set<Call> running = new HashSet<>();
    private final CallDurations durations = new CallDurations();
    private final BatchClassifier classifier;
    private final SharedVerdicts shared;
    private final TokenBudget budget;
    private final DecisionSink sink;
    private final InFlightLimit inFlight;
    private final R1Capacity capacity;
    private final LoopMetrics metrics;
    private final RandomGenerator random;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Throwable failure;
    private boolean closed;

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

    /** @param limits of a batch, asked at each cut */
    public Dispatcher(
            Supplier<BatchAccumulator.Limits> limits,
            R1Capacity capacity,
            BatchClassifier classifier,
            SharedVerdicts shared,
            TokenBudget budget,
            DecisionSink sink,
            InFlightLimit inFlight,
            LoopMetrics metrics,
            RandomGenerator random,
            Clock clock) {
        this.waiting = new BatchAccumulator<>(limits, PendingNote::tokens);
        this.capacity = capacity;
        this.classifier = classifier;
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
        add(new PendingNote(task, clock.instant()));
    }

    private synchronized void add(PendingNote note) {
        Optional<Decision> recent = shared.recent(note, clock.instant());
        if (recent.isPresent()) {
            metrics.shared();
            sink.add(recent.get());
        } else if (!shared.waits(note)) {
            waiting.add(note, clock.instant());
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
        return waiting.size() + again.stream().mapToInt(List::size).sum();
    }

    private Optional<List<PendingNote>> next() {
        while (!again.isEmpty()) {
            List<PendingNote> batch =
                    again.remove().stream().filter(PendingNote::isWanted).toList();
            if (!batch.isEmpty()) {
                return Optional.of(batch);
            }
        }
        // Nobody lingers for company while R1 has nothing to do.
        Optional<List<PendingNote>> batch = running.isEmpty() ? waiting.pollNow() : waiting.poll(clock.instant());
        if (batch.isEmpty() && waiting.size() == 0) {
            doubleStragglers();
            return Optional.ofNullable(again.poll());
        }
        return batch;
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
        double estimate = 2.0 * (classifier.instructionTokens() + note.tokens());
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
                result = classifier.ask(call.notes);
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
        if (!failedBeside && note.settle()) {
            sink.add(decision);
            for (Decision each : shared.decided(note, decision, clock.instant())) {
                metrics.shared();
                sink.add(each);
            }
        }
    }

    private void askFurther(PendingNote note) {
        if (note.isWanted()) {
            waiting.addFirst(note, clock.instant());
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
        waiting.removeIf(note -> note.task().work().isLeaving() && leaving.add(note));
        again.forEach(batch -> batch.stream().filter(note -> !note.isWanted()).forEach(leaving::add));
        leaving.forEach(this::leave);
    }

    /** Of what leaves, the votes that were given decide; the rest stays in Kafka. */
    private void leave(PendingNote note) {
        budget.settle(note.takeReserved(), 0);
        if (note.votes().isEmpty()) {
            letGo(note);
        } else {
            decide(note, classifier.decideByVotes(note));
        }
    }

    private void letGo(PendingNote note) {
        if (!note.isSecondTry() && note.settle()) {
            release(note.task());
            for (NoteTask other : shared.letGo(note)) {
                if (other.work().isLeaving()) {
                    release(other);
                } else {
                    add(new PendingNote(other, clock.instant()));
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
