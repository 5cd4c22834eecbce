package io.rationale.local.imports;

import java.util.HashSet;
import java.util.Set;

/** The notes of an import whose decision is still to come. Thread safe. */
public final class AwaitedNotes {
    private final Set<Long> waiting = new HashSet<>();
    private long decided;
    private long unclassifiable;

    /** A note that has no decision yet. */
    synchronized void await(String id) {
        waiting.add(KnownNotes.hash(id));
    }

    /** A note that already had one. */
    synchronized void decidedBefore(KnownNotes.State state) {
        count(state);
    }

    /** A decision came; it counts if it was waited for. */
    synchronized void decided(String id, KnownNotes.State state) {
        if (waiting.remove(KnownNotes.hash(id))) {
            count(state);
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
