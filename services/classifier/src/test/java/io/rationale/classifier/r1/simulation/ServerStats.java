package io.rationale.classifier.r1.simulation;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Time-weighted figures of one server. */
final class ServerStats {
    private static final double FULL = 0.95;

    private long nanos;
    private double slotNanos;
    private double busyNanos;
    private double queueShareNanos;
    private double largestQueueShare;
    private OptionalLong full = OptionalLong.empty();
    private final TreeMap<Double, Long> nanosByShare = new TreeMap<>();

    /** For so long it was like this, up, while work waited at a client. */
    void add(long duration, int slots, int busy, int queue) {
        if (duration <= 0) {
            return;
        }
        double share = (double) queue / slots;
        nanos += duration;
        slotNanos += (double) duration * slots;
        busyNanos += (double) duration * Math.min(busy, slots);
        queueShareNanos += share * duration;
        nanosByShare.merge(share, duration, Long::sum);
        largestQueueShare = Math.max(largestQueueShare, share);
    }

    /** So many are in slots now. */
    void seen(int slots, int busy) {
        if (full.isEmpty() && busy >= FULL * slots) {
            full = OptionalLong.of(nanos);
        }
    }

    /** For how many nanoseconds work waited before nearly all slots were busy for the first time. */
    OptionalLong full() {
        return full;
    }

    double slotNanos() {
        return slotNanos;
    }

    double busyNanos() {
        return busyNanos;
    }

    /** The queue's length as a share of the slots, on average. */
    double meanQueue() {
        return nanos == 0 ? 0 : queueShareNanos / nanos;
    }

    /** The share that was not exceeded in 99 % of the time. */
    double p99Queue() {
        long seen = 0;
        for (Map.Entry<Double, Long> entry : nanosByShare.entrySet()) {
            seen += entry.getValue();
            if (seen >= 0.99 * nanos) {
                return entry.getKey();
            }
        }
        return 0;
    }

    double largestQueue() {
        return largestQueueShare;
    }
}
