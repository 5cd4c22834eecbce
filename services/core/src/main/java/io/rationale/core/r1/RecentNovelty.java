package io.rationale.core.r1;

import java.util.Arrays;

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

    /** In so many steps hardly anything may be new: a draft that is written a third time follows on new thoughts. */
    private static final int REPEATED_STEPS = 20;

    private static final int REPEATED_PERCENT = 5;

    private final int[] shingles = new int[REPEATED_STEPS];
    private final int[] notStale = new int[REPEATED_STEPS];
    private final int[] unseen = new int[REPEATED_STEPS];
    private int step;
    private int progress;
    private boolean exhausted;

    void advance(char c) {
        progress += c <= LAST_LATIN ? LATIN : NOT_LATIN;
        if (progress >= STEP) {
            progress -= STEP;
            endStep();
        }
    }

    /** @param before how often the shingle was there before */
    void saw(int before) {
        int at = step % REPEATED_STEPS;
        shingles[at]++;
        notStale[at] += before < 2 ? 1 : 0;
        unseen[at] += before < 1 ? 1 : 0;
    }

    boolean exhausted() {
        return exhausted;
    }

    void forget() {
        Arrays.fill(shingles, 0);
        Arrays.fill(notStale, 0);
        Arrays.fill(unseen, 0);
        step = 0;
        progress = 0;
    }

    private void endStep() {
        exhausted = step + 1 >= REPEATED_STEPS
                && share(notStale, STALE_STEPS) < STALE_PERCENT
                && share(unseen, REPEATED_STEPS) < REPEATED_PERCENT;
        step++;
        int next = step % REPEATED_STEPS;
        shingles[next] = 0;
        notStale[next] = 0;
        unseen[next] = 0;
    }

    /** Per cent of the shingles of that many latest steps; a text without any is no loop. */
    private int share(int[] counted, int steps) {
        int of = 0;
        int all = 0;
        for (int i = 0; i < steps; i++) {
            int at = (step - i) % REPEATED_STEPS;
            of += counted[at];
            all += shingles[at];
        }
        return all == 0 ? 100 : 100 * of / all;
    }
}
