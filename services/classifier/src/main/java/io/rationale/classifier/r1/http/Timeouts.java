package io.rationale.classifier.r1.http;

import java.time.Duration;

/**
 * How long a call waits. Connecting has a timer of its own in the client.
 *
 * @param firstPayload for the first words of thought or answer, a queue at the server included
 * @param idle         for further words; comments and blank lines are none
 * @param total        for the whole answer
 */
public record Timeouts(Duration firstPayload, Duration idle, Duration total) {
    /** A whole body comes at once and at the end: only the total time counts. */
    Timeouts totalOnly() {
        return new Timeouts(total, total, total);
    }

    /** The same, but the whole answer takes no longer than that; null for no further bound. */
    Timeouts within(Duration atMost) {
        return atMost == null || atMost.compareTo(total) >= 0 ? this : new Timeouts(firstPayload, idle, atMost);
    }
}
