package io.rationale.simulator.cluster;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Remembers the last prompts in blocks of 16 tokens and says how much of a new one is already there: as in vLLM whole
 * blocks from the first on, and never the whole prompt. Thread-safe.
 */
public final class PrefixCache {
    private static final int BLOCK_TOKENS = 16;
    private static final int BLOCK_CHARS = BLOCK_TOKENS * Tokens.CHARS_PER_TOKEN;

    private final int prompts;
    private final Deque<long[]> remembered = new ArrayDeque<>();

    public PrefixCache(int prompts) {
        this.prompts = prompts;
    }

    /** The tokens of the prompt that were cached before; from now on all of it is. */
    public int lookUpAndRemember(String prompt) {
        long[] blocks = blocks(prompt);
        int matching = remember(blocks);
        int atMost = Math.max(0, Tokens.in(prompt) - 1) / BLOCK_TOKENS;
        return Math.min(matching, atMost) * BLOCK_TOKENS;
    }

    public synchronized void clear() {
        remembered.clear();
    }

    private synchronized int remember(long[] blocks) {
        int longest = remembered.stream()
                .mapToInt(other -> common(blocks, other))
                .max()
                .orElse(0);
        remembered.addFirst(blocks);
        if (remembered.size() > prompts) {
            remembered.removeLast();
        }
        return longest;
    }

    private static int common(long[] blocks, long[] other) {
        int mismatch = Arrays.mismatch(blocks, other);
        return mismatch < 0 ? blocks.length : mismatch;
    }

    /** One hash a block. */
    private static long[] blocks(String prompt) {
        long[] hashes = new long[prompt.length() / BLOCK_CHARS];
        for (int block = 0; block < hashes.length; block++) {
            long hash = 1125899906842597L;
            for (int i = block * BLOCK_CHARS; i < (block + 1) * BLOCK_CHARS; i++) {
                hash = 31 * hash + prompt.charAt(i);
            }
            hashes[block] = hash;
        }
        return hashes;
    }
}
