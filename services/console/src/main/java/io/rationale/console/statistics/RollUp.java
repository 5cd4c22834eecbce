package io.rationale.console.statistics;

import io.rationale.core.statistics.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Moves the counts of one task into coarser buckets as they get older. The horizon moves first and the counts after it,
 * a bounded number at a time: notes are placed under the new horizon at once, and since counts only add up, it makes no
 * difference when the others follow. Used by the task's thread only.
 */
final class RollUp {
    private static final int MOST_AT_ONCE = 2_000;
    private static final List<Span> ROLLED = List.of(Span.MINUTE, Span.HOUR, Span.DAY);

    private final CountStore counts;
    private final Duration retention;
    private boolean done;

    RollUp(CountStore counts, Duration retention) {
        this.counts = counts;
        this.retention = retention;
    }

    /** Goes on where the store says, or begins the counting. */
    void begin(Instant now) {
        if (counts.state() == null) {
            counts.state(new CountStore.State(now.toEpochMilli(), Horizon.at(now, retention)));
        }
        advance(now);
        done = false;
    }

    /** Moves what is due by then, up to a bound. */
    void step(Instant now) {
        advance(now);
        if (!done) {
            done = ROLLED.stream().mapToInt(this::move).sum() == 0;
        }
    }

    /** Under which notes are placed. */
    Horizon horizon() {
        return counts.state().horizon();
    }

    /** When the counting began. */
    long generation() {
        return counts.state().generation();
    }

    private void advance(Instant now) {
        Horizon next = Horizon.at(now, retention).andNotBefore(horizon());
        if (!next.equals(horizon())) {
            counts.state(new CountStore.State(generation(), next));
            done = false;
        }
    }

    /** How many counts were moved out of the buckets of that span which have become too old for it. */
    private int move(Span span) {
        Bucket first = new Bucket(span, Long.MIN_VALUE);
        List<CountKey> due = counts.keys(first, new Bucket(span, horizon().of(span)), MOST_AT_ONCE);
        due.forEach(this::move);
        return due.size();
    }

    private void move(CountKey key) {
        Sums from = counts.change(key);
        Sums moved = new Sums();
        moved.add(from);
        from.subtract(moved);
        counts.change(key.in(horizon().place(key.bucket().start()))).add(moved);
    }
}
