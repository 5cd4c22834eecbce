/** How requests and completions travel: paths, JSON, streams, and the timers that pace them. */
package io.rationale.simulator.http;
