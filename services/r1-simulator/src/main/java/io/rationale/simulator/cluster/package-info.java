/** How a server behaves under load: slots and their queue, the prefix cache, latency, tokens. */
package io.rationale.simulator.cluster;
