package io.rationale.core.r1;

/** How much of the latest text was new, in steps of about fifty tokens. */
final class RecentNovelty {
    /** Twelfths of a token, so that characters count whole numbers: a quarter of a token, and two thirds. */
    private static final int LATIN = 3;

    private static final int NOT_LATIN = 8;
    private static final int LAST_LATIN = 0x24F;
    private static final int STEP = 50 * 12;

    /** In so many steps hardly anything may stand that was there less than twice. */
    private static final int STALE_STEPS = 10;

    private static final int STALE_PERCENT = 3;

    /**
     * In so many steps, and back to where the text was the same, hardly anything may be new: a draft that is written a
     * third time follows on new thoughts.
     */
    private static final int REPEATED_STEPS = 20;

    private static final int REPEATED_PERCENT = 3;
    private static final int KEPT_STEPS = 200;

    private final int[] shingles = new int[KEPT_STEPS];
    private final int[] notStale = new int[KEPT_STEPS];
    private final int[] unseen = new int[KEPT_STEPS];
    private int step;
    private int progress;
    private int farthest;
    private boolean exhausted;

    void advance(char c) {
        progress += c <= LAST_LATIN ? LATIN : NOT_LATIN;
        if (progress >= STEP) {
            progress -= STEP;
            endStep();
        }
    }

    /**
     * @param before   how often the shingle was there before
     * @param distance how many shingles ago, if it was
     */
    void saw(int before, int distance) {
        int at = step % KEPT_STEPS;
        shingles[at]++;
        notStale[at] += before < 2 ? 1 : 0;
        unseen[at] += before < 1 ? 1 : 0;
        farthest = Math.max(farthest, distance);
    }

    boolean exhausted() {
        return exhausted;
    }

    void forget() {
        step = 0;
        progress = 0;
        clear(0);
    }

    private void endStep() {
        exhausted = step + 1 >= REPEATED_STEPS
                && share(notStale, STALE_STEPS) < STALE_PERCENT
                && share(unseen, Math.max(REPEATED_STEPS, stepsOfPeriod())) < REPEATED_PERCENT;
        step++;
        clear(step % KEPT_STEPS);
    }

    private void clear(int at) {
        shingles[at] = 0;
        notStale[at] = 0;
        unseen[at] = 0;
        farthest = 0;
    }

    /** How many steps back the text was the same as in this one. */
    private int stepsOfPeriod() {
        int left = farthest;
        int steps = 0;
        while (left > 0 && steps < kept()) {
            left -= shingles[(step - steps) % KEPT_STEPS];
            steps++;
        }
        return steps;
    }

    private int kept() {
        return Math.min(step + 1, KEPT_STEPS);
    }

    /** Per cent of the shingles of that many latest steps; a text without any is no loop. */
    private int share(int[] counted, int steps) {
        int of = 0;
        int all = 0;
        for (int i = 0; i < steps; i++) {
            int at = (step - i) % KEPT_STEPS;
            of += counted[at];
            all += shingles[at];
        }
        return all == 0 ? 100 : 100 * of / all;
    }
}
