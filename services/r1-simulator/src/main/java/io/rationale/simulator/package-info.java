/**
 * The stand-in for an R1 cluster. Packages in the order of a request: {@code http} (ports, routes, pacing, admin),
 * {@code chat} (request, completion, refusal), {@code prompt} (categories and notes), {@code reasoner}, {@code fault}
 * (what goes wrong), {@code cluster} (slots, queue, pace, prefix cache, counters), {@code profile} (how each server puts
 * it on the wire). {@code command} starts it. It shares no code with the client.
 */
package io.rationale.simulator;
