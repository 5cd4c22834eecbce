package io.rationale.simulator.http;

import io.rationale.simulator.SimulatorStats;
import io.rationale.simulator.chat.Completion;
import io.rationale.simulator.cluster.SlotQueue;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was served since the start or the last reset. Thread-safe. */
public final class Counters {
    private final SlotQueue slots;
    private final LongAdder requests = new LongAdder();
    private final LongAdder notes = new LongAdder();
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder reasoningTokens = new LongAdder();
    private final LongAdder answerTokens = new LongAdder();

    public Counters(SlotQueue slots) {
        this.slots = slots;
    }

    /** Counts a request that was accepted, before it has a slot. */
    void accepted() {
        requests.increment();
    }

    /** Counts a completion that was sent whole. */
    void served(Completion completion) {
        notes.add(completion.notes());
        promptTokens.add(completion.promptTokens());
        reasoningTokens.add(completion.reasoningTokens());
        answerTokens.add(completion.answerTokens());
    }

    void reset() {
        for (LongAdder counter : new LongAdder[] {requests, notes, promptTokens, reasoningTokens, answerTokens}) {
            counter.reset();
        }
    }

    public SimulatorStats stats() {
        return new SimulatorStats(
                requests.sum(),
                notes.sum(),
                promptTokens.sum(),
                reasoningTokens.sum(),
                answerTokens.sum(),
                slots.busy(),
                slots.waiting());
    }
}
