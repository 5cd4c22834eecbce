package io.rationale.classifier.classify;

import io.rationale.classifier.work.ExchangeDraft;
import io.rationale.classifier.work.NoteTask;
import io.rationale.core.r1.Usage;
import java.util.ArrayList;
import java.util.List;

/** A note with the calls that it took part in. Used by one thread at a time. */
final class Asked {
    private final NoteTask task;
    private final List<ExchangeDraft> failures = new ArrayList<>();
    private Usage usage = Usage.NONE;
    private int calls;
    private int callsAlone;

    Asked(NoteTask task) {
        this.task = task;
    }

    NoteTask task() {
        return task;
    }

    void took(Usage share, int attempts, boolean alone) {
        usage = usage.plus(share);
        calls += attempts;
        callsAlone += alone ? 1 : 0;
    }

    /** @param share of what it cost, where that was not counted by {@link #took} */
    void failedIn(ExchangeDraft exchange, Usage share) {
        failures.add(exchange);
        usage = usage.plus(share);
    }

    List<ExchangeDraft> failures() {
        return failures;
    }

    Usage usage() {
        return usage;
    }

    int calls() {
        return calls;
    }

    int callsAlone() {
        return callsAlone;
    }
}
