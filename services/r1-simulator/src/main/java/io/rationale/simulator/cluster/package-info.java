/** How a node behaves under load, as plain state machines over a clock: slots, queue, prefix cache, pace, counters. */
package io.rationale.simulator.cluster;
