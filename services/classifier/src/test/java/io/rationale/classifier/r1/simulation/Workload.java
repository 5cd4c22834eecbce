package io.rationale.classifier.r1.simulation;

import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;

/**
 * The notes that come.
 *
 * @param endless      a backlog that never ends
 * @param perSecond    batches that come else, at random moments
 * @param buffer       batches that a client keeps; what comes beyond stays in Kafka
 * @param mostNotes    in a batch; between one and this
 * @param medianTokens of thought and answer to one note
 */
record Workload(boolean endless, double perSecond, int buffer, int mostNotes, double medianTokens) {
    /** More than can ever be done. */
    static final Workload BACKLOG = new Workload(true, 0, 1, 15, 500);

    static Workload arrivals(double perSecond, int buffer) {
        return new Workload(false, perSecond, buffer, 15, 500);
    }

    /** Nothing but what the script lets come. */
    static final Workload BURSTS = arrivals(0, Integer.MAX_VALUE);

    Supplier<Call> calls(Random random) {
        return () -> Call.random(random, mostNotes, medianTokens);
    }

    /** To the next arrival (Poisson). */
    Duration gap(Random random) {
        return Duration.ofNanos((long) (-1e9 * StrictMath.log(1 - random.nextDouble()) / perSecond));
    }
}
