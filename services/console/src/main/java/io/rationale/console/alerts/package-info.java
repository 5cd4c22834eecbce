/** Rules over the counts and over R1, evaluated on the stream; what begins and ends goes to a topic and to webhooks. */
package io.rationale.console.alerts;
