package io.rationale.simulator.cluster;

import java.util.function.LongSupplier;

/**
 * How far one request has got since it has its slot: first the prefill, then tokens at the pace that the load allows.
 * A plain state machine over a clock, not thread-safe; whoever waits for a token asks again when the time is up,
 * because the load may have changed by then.
 */
public final class Progress {
    private final Load load;
    private final LongSupplier nanoClock;
    private final long decodingFrom;
    private double firstToken = Double.NaN;

    Progress(Load load, LongSupplier nanoClock, long prefillNanos) {
        this.load = load;
        this.nanoClock = nanoClock;
        decodingFrom = nanoClock.getAsLong() + prefillNanos;
    }

    /** The nanoseconds until so many tokens are there if the load stays as it is; zero or less where they are. */
    public long nanosUntil(int tokens) {
        long early = decodingFrom - nanoClock.getAsLong();
        double pace = load.tokenNanos();
        if (early > 0) {
            return early + (long) (tokens * pace);
        }
        if (Double.isNaN(firstToken)) {
            firstToken = load.tokens() + early / pace;
        }
        return (long) ((firstToken + tokens - load.tokens()) * pace);
    }
}
