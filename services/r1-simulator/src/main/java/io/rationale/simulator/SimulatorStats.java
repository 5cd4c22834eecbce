package io.rationale.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What a cluster or one node has served since its start or its last reset. Notes and tokens count once their answer was
 * sent whole. Seconds are real ones, whatever the speed-up.
 *
 * @param requests        chat requests that could be read, also those that wait, got a fault or whose client has gone
 * @param rejected        those of them that found the queue full
 * @param cachedTokens    the part of the prompt's tokens that the prefix cache had
 * @param busy            slots in use now
 * @param waiting         requests that wait for a slot now
 * @param maxQueue        the most that ever waited, on one node
 * @param busySlotSeconds slots in use, integrated over time
 * @param slotSeconds     the capacity: all slots over the same time
 * @param queuedSeconds   waiting requests, integrated over time
 * @param faults          how often each fault was given, by its name
 * @param nodes           the same for each node; empty within them
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SimulatorStats(
        long requests,
        long rejected,
        long notes,
        long promptTokens,
        long cachedTokens,
        long reasoningTokens,
        long answerTokens,
        int busy,
        int waiting,
        int maxQueue,
        double elapsedSeconds,
        double busySlotSeconds,
        double slotSeconds,
        double queuedSeconds,
        @JsonInclude Map<String, Long> faults,
        List<SimulatorStats> nodes) {

    public SimulatorStats {
        faults = Collections.unmodifiableMap(new TreeMap<>(faults));
        nodes = List.copyOf(nodes);
    }

    /** The whole of a cluster. */
    public static SimulatorStats of(List<SimulatorStats> nodes) {
        Map<String, Long> faults = new TreeMap<>();
        nodes.forEach(node -> node.faults.forEach((name, count) -> faults.merge(name, count, Long::sum)));
        return new SimulatorStats(
                sum(nodes, SimulatorStats::requests),
                sum(nodes, SimulatorStats::rejected),
                sum(nodes, SimulatorStats::notes),
                sum(nodes, SimulatorStats::promptTokens),
                sum(nodes, SimulatorStats::cachedTokens),
                sum(nodes, SimulatorStats::reasoningTokens),
                sum(nodes, SimulatorStats::answerTokens),
                (int) sum(nodes, SimulatorStats::busy),
                (int) sum(nodes, SimulatorStats::waiting),
                nodes.stream().mapToInt(SimulatorStats::maxQueue).max().orElse(0),
                nodes.stream().mapToDouble(SimulatorStats::elapsedSeconds).max().orElse(0),
                seconds(nodes, SimulatorStats::busySlotSeconds),
                seconds(nodes, SimulatorStats::slotSeconds),
                seconds(nodes, SimulatorStats::queuedSeconds),
                faults,
                nodes);
    }

    /** The part of the capacity that was in use, between 0 and 1. */
    @JsonProperty
    public double busyShare() {
        return slotSeconds > 0 ? busySlotSeconds / slotSeconds : 0;
    }

    /** How many requests waited on average. */
    @JsonProperty
    public double meanQueue() {
        return elapsedSeconds > 0 ? queuedSeconds / elapsedSeconds : 0;
    }

    private static long sum(List<SimulatorStats> nodes, ToLongFunction<SimulatorStats> value) {
        return nodes.stream().mapToLong(value).sum();
    }

    private static double seconds(List<SimulatorStats> nodes, ToDoubleFunction<SimulatorStats> value) {
        return nodes.stream().mapToDouble(value).sum();
    }
}
