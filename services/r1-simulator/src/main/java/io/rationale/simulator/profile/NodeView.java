package io.rationale.simulator.profile;

import io.rationale.simulator.SimulatorStats;

/**
 * What a node tells about itself.
 *
 * @param context   tokens of prompt and output together
 * @param startedAt seconds since 1970
 */
public record NodeView(String model, int context, int slots, long startedAt, SimulatorStats stats) {}
