package io.rationale.core.intake;

import io.rationale.core.json.Bytes;

/**
 * Counts equal texts in 12 bytes a slot (a 64-bit hash and a number, open addressing), because a file may hold
 * millions. Two texts with one hash would only make the second's derived id differ from what it could be.
 */
final class OccurrenceCounter {
    private long[] hashes = new long[256];
    private int[] counts = new int[256];
    private int used;

    /** How often this text was counted before, from 0; counts it. */
    int next(String text) {
        return next(Long.parseUnsignedLong(Bytes.utf8(text).sha256().substring(0, 16), 16));
    }

    private int next(long hash) {
        if (2 * used >= hashes.length) {
            grow();
        }
        int slot = slotOf(hash);
        if (counts[slot] == 0) {
            hashes[slot] = hash;
            used++;
        }
        return counts[slot]++;
    }

    private int slotOf(long hash) {
        int slot = (int) hash & hashes.length - 1;
        while (counts[slot] != 0 && hashes[slot] != hash) {
            slot = slot + 1 & hashes.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldCounts = counts;
        hashes = new long[2 * oldHashes.length];
        counts = new int[2 * oldCounts.length];
        for (int i = 0; i < oldCounts.length; i++) {
            if (oldCounts[i] != 0) {
                int slot = slotOf(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                counts[slot] = oldCounts[i];
            }
        }
    }
}
