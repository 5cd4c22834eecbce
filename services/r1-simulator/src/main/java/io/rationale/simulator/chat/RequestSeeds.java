package io.rationale.simulator.chat;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives each request its own seed: by the prompt, and by how often that prompt has come. So lengths and faults do not
 * depend on the order in which requests happen to arrive, and a request that is sent again meets another fate.
 * Thread-safe.
 */
public final class RequestSeeds {
    private static final int REMEMBERED_PROMPTS = 100_000;

    private final long seed;
    private final Map<Long, Integer> seen = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
            return size() > REMEMBERED_PROMPTS;
        }
    };

    public RequestSeeds(long seed) {
        this.seed = seed;
    }

    long next(String prompt) {
        long hash = 1125899906842597L;
        for (int i = 0; i < prompt.length(); i++) {
            hash = 31 * hash + prompt.charAt(i);
        }
        return mixed(mixed(seed) + hash) + 0x9E3779B97F4A7C15L * times(hash);
    }

    /** From now on every prompt is new. */
    public synchronized void reset() {
        seen.clear();
    }

    private synchronized int times(long hash) {
        return seen.merge(hash, 1, Integer::sum);
    }

    private static long mixed(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
