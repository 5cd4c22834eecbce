package io.rationale.simulator.cluster;

/**
 * How long a node takes for what: prefill at a fixed rate, then tokens that come slower the more requests are worked on
 * at once, all divided by the speed-up. Up to four at once a token takes {@code tokenMsIdle}; from there the time rises
 * linearly to {@code tokenMsFull} when every slot is busy, as measured for R1 on an 8-GPU node (20 to 200 ms).
 *
 * @param tokenMsIdle milliseconds a token at up to four requests
 * @param tokenMsFull milliseconds a token with all slots busy
 * @param prefillRate prompt tokens a second, all requests for themselves
 * @param slots       how many requests a node works on at once
 */
public record TimeModel(double tokenMsIdle, double tokenMsFull, double prefillRate, int slots, double speedUp) {
    /** So many requests at once do not slow each other down. */
    public static final int UNDISTURBED = 4;

    /** From the slot to the first token, for the tokens that the prefix cache does not have. */
    public long prefillNanos(int promptTokens) {
        return (long) (promptTokens / prefillRate / speedUp * 1e9);
    }

    /** Between two tokens of a request while so many slots are busy, its own among them. */
    public double tokenNanos(int busy) {
        double share = slots <= UNDISTURBED ? 0 : (double) (busy - UNDISTURBED) / (slots - UNDISTURBED);
        double millis = tokenMsIdle + Math.clamp(share, 0, 1) * (tokenMsFull - tokenMsIdle);
        return millis / speedUp * 1e6;
    }
}
