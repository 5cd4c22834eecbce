/** How the servers that run R1 differ on the wire: fields, tags, errors, usage, health and metrics. */
package io.rationale.simulator.profile;
