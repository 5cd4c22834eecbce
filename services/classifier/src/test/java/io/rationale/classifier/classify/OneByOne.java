package io.rationale.classifier.classify;

import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.NoteTask;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.taxonomy.Taxonomy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Does with a batch what the dispatcher does, one call after the other. */
public final class OneByOne {
    private final BatchClassifier classifier;
    private final TokenBudget budget = new TokenBudget(0.2, 200_000);

    /** Without votes. */
    public OneByOne(Taxonomy taxonomy, ReasoningModel model, int maxAttempts, Clock clock) {
        this(taxonomy, model, maxAttempts, 1, Duration.ofHours(1), clock);
    }

    OneByOne(Taxonomy taxonomy, ReasoningModel model, int maxAttempts, int maxVotes, Duration deadline, Clock clock) {
        this.classifier = new BatchClassifier(
                taxonomy, model, new Voting(maxVotes, 0, budget, new Random(1)), budget, maxAttempts, deadline, clock);
    }

    /** Asks until each note is decided. */
    public void classify(List<NoteTask> batch, Consumer<Decision> sink) throws InterruptedException {
        Deque<List<PendingNote>> calls = new ArrayDeque<>();
        calls.add(batch.stream().map(PendingNote::new).toList());
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
