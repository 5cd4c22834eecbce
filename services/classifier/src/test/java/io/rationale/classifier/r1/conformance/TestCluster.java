package io.rationale.classifier.r1.conformance;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rationale.classifier.Fixtures;
import io.rationale.classifier.TestConfig;
import io.rationale.classifier.classify.OneByOne;
import io.rationale.classifier.r1.R1Availability;
import io.rationale.classifier.r1.R1Cluster;
import io.rationale.classifier.r1.cluster.EndpointStatus;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.NoteTask;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The client's whole stack as the service has it, watching its endpoints. */
final class TestCluster implements AutoCloseable {
    private final R1Cluster cluster;
    private final OneByOne classifier;
    private final Thread watch;
    private final Collection<Decision> decisions = new ConcurrentLinkedQueue<>();
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    TestCluster(List<String> urls, Map<String, String> config) throws InterruptedException {
        Map<String, String> all = new HashMap<>(config);
        all.put("rationale.r1.endpoints", String.join(",", urls));
        cluster = new R1Cluster(
                TestConfig.of("rationale.", "one", all).r1(),
                name -> null,
                new R1Availability(Clock.systemUTC()),
                new SimpleMeterRegistry(),
                NoteTraces.NONE);
        classifier = new OneByOne(Notes.TAXONOMY, cluster.model(), 3, Fixtures.CLOCK);
        watch = Thread.ofVirtual().start(this::watch);
        cluster.awaitProbes(Duration.ofSeconds(10));
    }

    /** Asks about each note in a call of its own, about all at once. */
    void classify(List<NoteTask> notes) {
        notes.forEach(note -> calls.execute(() -> classify(note)));
    }

    /** What was decided so far. */
    Collection<Decision> decisions() {
        return decisions;
    }

    /** The endpoints as they are now, in the order of their addresses. */
    List<EndpointStatus.Phase> phases() {
        return cluster.status().stream().map(EndpointStatus::phase).toList();
    }

    @Override
    public void close() {
        calls.shutdownNow();
        watch.interrupt();
        cluster.close();
    }

    private void classify(NoteTask note) {
        try {
            classifier.classify(List.of(note), decisions::add);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            cluster.watch();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
