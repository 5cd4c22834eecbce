package io.rationale.classifier.intake;

import io.rationale.classifier.classify.BatchClassifier;
import io.rationale.classifier.publish.AuditPublisher;
import io.rationale.classifier.r1.R1Capacity;
import io.rationale.classifier.work.InFlightLimit;
import io.rationale.classifier.work.NoteTask;
import io.rationale.core.batch.BatchAccumulator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps R1 busy: whenever the cluster has room for a call and a batch is due, a virtual thread takes both. A thread that
 * ends looks for the next batch itself, so that no slot waits for the poll loop. Thread safe.
 */
final class Dispatcher {
    private final BatchAccumulator<NoteTask> accumulator;
    private final BatchClassifier classifier;
    private final AuditPublisher publisher;
    private final InFlightLimit inFlight;
    private final Clock clock;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final R1Capacity capacity;
    private int running;

    Dispatcher(
            Supplier<BatchAccumulator.Limits> limits,
            R1Capacity capacity,
            BatchClassifier classifier,
            AuditPublisher publisher,
            InFlightLimit inFlight,
            Clock clock) {
        this.accumulator = new BatchAccumulator<>(limits, NoteTask::tokens);
        this.capacity = capacity;
        this.classifier = classifier;
        this.publisher = publisher;
        this.inFlight = inFlight;
        this.clock = clock;
    }

    synchronized void add(NoteTask task) {
        accumulator.add(task, clock.instant());
    }

    /** Starts what is due. */
    synchronized void dispatch() {
        while (running < capacity.calls()) {
            Optional<List<NoteTask>> batch = accumulator.poll(clock.instant());
            if (batch.isEmpty()) {
                return;
            }
            running++;
            calls.execute(() -> run(batch.get()));
        }
    }

    /** Lets go of what waits for partitions that are no longer ours. */
    synchronized void letGoOfLost() {
        accumulator.removeIf(task -> {
            if (!task.work().owned()) {
                inFlight.release(task.original().size());
                return true;
            }
            return false;
        });
    }

    /** Lets running calls end, until the bound; the rest is interrupted and stays in Kafka. */
    void close(Duration bound) throws InterruptedException {
        synchronized (this) {
            accumulator.removeIf(task -> true);
        }
        calls.shutdown();
        try {
            calls.awaitTermination(bound.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            calls.shutdownNow();
        }
        calls.awaitTermination(1, TimeUnit.SECONDS);
    }

    private void run(List<NoteTask> batch) {
        try {
            classifier.classify(batch, publisher::add);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                running--;
            }
        }
        if (!calls.isShutdown()) {
            dispatch();
        }
    }
}
