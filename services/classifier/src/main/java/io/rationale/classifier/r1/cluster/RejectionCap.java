package io.rationale.classifier.r1.cluster;

/**
 * Additive increase and multiplicative decrease (Chiu and Jain 1989) for servers that reject: 429, 503 and timeouts cut
 * it, answers raise it. Factor 0.7 and the quick return to just below the level that was rejected are CUBIC's (RFC
 * 9438). Without a rejection there is no cap.
 */
final class RejectionCap {
    private static final double DECREASE = 0.7;
    private static final double NEAR = 0.9;
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

    /** A call was answered: about one more for each cap's worth of answers, and more while far from the trouble. */
    void answered() {
        if (cap < Integer.MAX_VALUE) {
            cap += (cap < NEAR * rejectedAt ? QUICK : 1) / cap;
        }
    }
}
