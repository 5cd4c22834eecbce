package io.rationale.classifier.classify;

/**
 * Bounds the tokens spent beyond the first call about a note: on votes, and on second tries of notes in slow batches. A
 * share of what first calls cost may be spent, and what is not spent is kept up to a bound, so that a small job can be
 * thorough. Thread safe.
 */
public final class TokenBudget {
    private final double share;
    private final double most;
    private double left;
    private double reserved;

    /**
     * @param share of the tokens of first calls, 0 for none
     * @param most  tokens kept for later, and there at the start
     */
    public TokenBudget(double share, double most) {
        if (share < 0 || most < 0) {
            throw new IllegalArgumentException(
                    "rationale.extra-tokens.share is " + share + " and .most " + most + "; make neither negative");
        }
        this.share = share;
        this.most = share == 0 ? 0 : most;
        this.left = this.most;
    }

    /** Tokens that may still be spent; what is reserved is not among them. */
    public synchronized double left() {
        return left - reserved;
    }

    /** Tokens that are set aside for calls to come or in progress. */
    synchronized double reserved() {
        return reserved;
    }

    /** Sets that many tokens aside if there are any left; false when there are none. */
    synchronized boolean reserve(double tokens) {
        boolean isThere = share > 0 && left - reserved > 0;
        if (isThere) {
            reserved += tokens;
        }
        return isThere;
    }

    /** A first call cost that many tokens. */
    synchronized void earn(double tokens) {
        left = Math.min(most, left + share * tokens);
    }

    /** An extra call for which tokens were reserved is over, or will not be made. */
    synchronized void settle(double reservedTokens, double spentTokens) {
        reserved -= reservedTokens;
        left -= spentTokens;
    }
}
