package io.rationale.classifier.r1.cluster;

/**
 * Additive increase and multiplicative decrease (Chiu and Jain 1989) for servers that reject: 429, 503 and timeouts cut
 * it, answers raise it. Factor 0.7, the quick return to just below the level that was rejected, the care near it and
 * the quick search beyond are CUBIC's (RFC 9438). Without a rejection there is no cap.
 */
final class RejectionCap {
    private static final double DECREASE = 0.7;
    private static final double NEAR = 0.1;
    private static final double QUICK = 8;

    private final int least;
    private double cap = Integer.MAX_VALUE;
    private double rejectedAt;
    private long roundStart;

    /** @param least calls that are always allowed */
    RejectionCap(int least) {
        this.least = least;
    }

    /** Calls allowed at once. */
    int calls() {
        return (int) cap;
    }

    /**
     * A call was rejected. Calls that were under way at the last cut say nothing new.
     *
     * @param sequence of the rejected call
     * @param inFlight calls at the server, the rejected one included
     * @param next     sequence that the next call will get
     */
    void rejected(long sequence, int inFlight, long next) {
        if (sequence < roundStart) {
            return;
        }
        rejectedAt = Math.min(cap, inFlight);
        cap = Math.max(least, rejectedAt * DECREASE);
        roundStart = next;
    }

    /**
     * A call was answered. Near the level that was rejected that makes about one more for each cap's worth of answers,
     * below it eight; where the level was passed without a rejection, the trouble is over, and the cap doubles.
     */
    void answered() {
        if (cap < (1 - NEAR) * rejectedAt) {
            cap += QUICK / cap;
        } else if (cap < (1 + NEAR) * rejectedAt) {
            cap += 1 / cap;
        } else {
            cap = Math.min(Integer.MAX_VALUE, cap + 1);
        }
    }
}
