/**
 * The stand-in for an R1 cluster. Packages in the order of a request: {@code http} (paths, JSON, pacing), {@code chat}
 * (request, completion, refusal), {@code prompt} (categories and notes), {@code reasoner}, {@code cluster} (slots,
 * latency, prefix cache). It shares no code with the client.
 */
package io.rationale.simulator;
