package io.rationale.local.imports;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The notes of an import whose decision is still to come. Thread safe. */
public final class AwaitedNotes {
    private final Set<Long> waiting = new HashSet<>();
    /** Notes of an earlier run are decided while the files are still read. */
    private final Map<Long, KnownNotes.State> early = new HashMap<>();

    private long decided;
    private long unclassifiable;

    /** A note that had no decision at the start; one that came since counts. */
    synchronized void await(String id) {
        long hash = KnownNotes.hash(id);
        KnownNotes.State state = early.remove(hash);
        if (state == null) {
            waiting.add(hash);
        } else {
            count(state);
        }
    }

    /** A note that already had one. */
    synchronized void decidedBefore(KnownNotes.State state) {
        count(state);
    }

    /** A decision came; it counts if it is waited for, now or later. */
    synchronized void decided(String id, KnownNotes.State state) {
        long hash = KnownNotes.hash(id);
        if (waiting.remove(hash)) {
            count(state);
        } else {
            early.put(hash, state);
        }
    }

    private void count(KnownNotes.State state) {
        decided++;
        unclassifiable += state == KnownNotes.State.UNCLASSIFIABLE ? 1 : 0;
    }

    /** Notes without a decision. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Notes with one. */
    public synchronized long decided() {
        return decided;
    }

    /** Decided notes that were given up. */
    public synchronized long unclassifiable() {
        return unclassifiable;
    }
}
