/**
 * Calls over several R1 servers: which one gets the next call, and when. Everything but {@link
 * io.rationale.classifier.r1.cluster.BalancingModel} is told the time (nanoseconds of one monotonic clock with any
 * origin, as {@link System#nanoTime()}) instead of asking for it, so that hours can be simulated.
 */
package io.rationale.classifier.r1.cluster;
