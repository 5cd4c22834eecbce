package io.rationale.console.events;

import io.rationale.core.json.Json;

/**
 * A decision where it stands, ready to be sent.
 *
 * @param partition of the audit topic
 * @param offset    there
 * @param json      the decision, one line
 */
record Told(int partition, long offset, String json) {
    static Told of(Decision decision) {
        return new Told(decision.partition(), decision.offset(), Json.line(decision));
    }

    /** Whether somebody who is at those positions was told. */
    boolean isCoveredBy(Positions positions) {
        return offset < positions.next(partition);
    }
}
