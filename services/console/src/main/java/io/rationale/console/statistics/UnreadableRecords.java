package io.rationale.console.statistics;

import java.util.concurrent.atomic.LongAdder;

/** Counts the audit records that could not be read since the start. Thread safe. */
public final class UnreadableRecords {
    private final LongAdder count = new LongAdder();

    /** One more. */
    public void add() {
        count.increment();
    }

    /** How many. */
    public long count() {
        return count.sum();
    }
}
