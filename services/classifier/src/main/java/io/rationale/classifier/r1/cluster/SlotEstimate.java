package io.rationale.classifier.r1.cluster;

/**
 * How many of our requests a server works on at the same time, learnt from proofs: each says that so many were in slots
 * at once. A proof can be too small, never (much) too large; therefore more is believed at once, less only after a row
 * of smaller proofs while requests queued, and then in steps.
 */
final class SlotEstimate {
    private static final double LARGEST_STEP = 0.75;
    /** Ends dip the number in slots for a moment; of a few proofs one shows all. */
    private static final int ROW = 4;

    private int slots;
    private int largestInRow;
    private int row;

    /** The slots known, 0 before the first proof. */
    int slots() {
        return slots;
    }

    /**
     * @param proven requests of ours that were in slots at the same time
     * @param queued whether there was a queue then: only then did the server have no more than that
     */
    void proof(int proven, boolean queued) {
        if (proven > slots) {
            slots = proven;
            forgetRow();
        } else if (!queued) {
            forgetRow();
        } else {
            largestInRow = Math.max(largestInRow, proven);
            row++;
            if (row >= ROW) {
                slots = Math.max(largestInRow, (int) Math.floor(slots * LARGEST_STEP));
                forgetRow();
            }
        }
    }

    private void forgetRow() {
        largestInRow = 0;
        row = 0;
    }
}
