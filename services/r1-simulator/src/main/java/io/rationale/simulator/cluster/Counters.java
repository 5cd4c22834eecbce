package io.rationale.simulator.cluster;

import io.rationale.simulator.SimulatorStats;
import io.rationale.simulator.fault.Fault;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What one node has served since its start or the last reset. Thread-safe. */
final class Counters {
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private long requests;
    private long rejected;
    private long notes;
    private long promptTokens;
    private long cachedTokens;
    private long reasoningTokens;
    private long answerTokens;

    synchronized void requested() {
        requests++;
    }

    synchronized void rejected() {
        rejected++;
    }

    synchronized void given(Fault fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    synchronized void served(Served served) {
        notes += served.notes();
        promptTokens += served.promptTokens();
        cachedTokens += served.cachedTokens();
        reasoningTokens += served.reasoningTokens();
        answerTokens += served.answerTokens();
    }

    synchronized void reset() {
        faults.clear();
        requests = 0;
        rejected = 0;
        notes = 0;
        promptTokens = 0;
        cachedTokens = 0;
        reasoningTokens = 0;
        answerTokens = 0;
    }

    synchronized SimulatorStats with(Load.Reading load, int slots) {
        Map<String, Long> byName = faults.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().id(), Map.Entry::getValue, Long::sum, TreeMap::new));
        return new SimulatorStats(
                requests,
                rejected,
                notes,
                promptTokens,
                cachedTokens,
                reasoningTokens,
                answerTokens,
                load.busy(),
                load.waiting(),
                load.mostWaiting(),
                load.elapsedSeconds(),
                load.busySlotSeconds(),
                load.elapsedSeconds() * slots,
                load.queuedSeconds(),
                byName,
                List.of());
    }
}
