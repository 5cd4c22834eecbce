package io.rationale.simulator.reasoner;

import java.util.List;

/**
 * Chooses among phrases that say the same. The choice depends on the seed, the note and how many choices were made
 * before, so that the same prompt always reads the same and neighbouring notes do not.
 */
final class Variety {
    private long state;

    Variety(long seed, String text) {
        state = seed * 0x9E3779B97F4A7C15L + text.hashCode();
    }

    String pick(List<String> phrases) {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return phrases.get((int) Long.remainderUnsigned(mixed ^ mixed >>> 31, phrases.size()));
    }
}
