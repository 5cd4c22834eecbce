package io.rationale.classifier.classify;

import io.rationale.classifier.trace.NoteTraces;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.NoteTask;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.taxonomy.Taxonomy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Does with a batch what the dispatcher does, one call after the other. */
public final class OneByOne {
    private final BatchClassifier classifier;

    /** Without votes. */
    public OneByOne(Taxonomy taxonomy, ReasoningModel model, int maxAttempts, Clock clock) {
        this(taxonomy, model, maxAttempts, Duration.ofHours(1), new TokenBudget(0, 0), clock);
    }

    OneByOne(BatchClassifier classifier) {
        this.classifier = classifier;
    }

    OneByOne(
            Taxonomy taxonomy,
            ReasoningModel model,
            int maxAttempts,
            Duration deadline,
            TokenBudget budget,
            Clock clock) {
        this(new BatchClassifier(
                taxonomy,
                model,
                new Voting(1, 0, budget, new Random(1)),
                budget,
                NoteTraces.NONE,
                maxAttempts,
                deadline,
                clock));
    }

    /** Asks until each note is decided. */
    public void classify(List<NoteTask> batch, Consumer<Decision> sink) throws InterruptedException {
        Deque<List<PendingNote>> calls = new ArrayDeque<>();
        calls.add(batch.stream()
                .map(task -> new PendingNote(task, Instant.EPOCH, classifier))
                .toList());
        while (!calls.isEmpty()) {
            CallResult result = classifier.ask(calls.remove());
            result.decided().forEach(each -> sink.accept(each.decision()));
            calls.addAll(result.again());
            if (!result.doubted().isEmpty()) {
                calls.add(result.doubted());
            }
        }
    }
}
