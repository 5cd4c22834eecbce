/**
 * How much of the console one client can take: requests, tokens that are none, connections, streams of events, and time to
 * send or read.
 *
 * <p>On the event loop: {@link io.rationale.console.limits.Acceptor} lets connections in, {@link
 * io.rationale.console.limits.Watch} sees to it that each of them goes on, {@link
 * io.rationale.console.limits.RequestGate} counts what comes, and {@link io.rationale.console.limits.BodyGate} waits for
 * bodies, so that no thread does.
 */
package io.rationale.console.limits;
