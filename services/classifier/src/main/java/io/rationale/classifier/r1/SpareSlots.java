package io.rationale.classifier.r1;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Shares what new notes leave of R1 between what is less urgent. Nothing while a new note waits for a call; else what
 * the calls about new notes leave. Where both uses want more than there is, each gets half, and the odd slot changes
 * hands every minute; what one does not want the other has. Thread safe.
 */
public final class SpareSlots {
    private static final Duration TURN = Duration.ofMinutes(1);

    private final IntSupplier capacity;
    private final IntSupplier calls;
    private final IntSupplier waiting;
    private final InstantSource clock;
    private final Map<Use, Demand> demands = new EnumMap<>(Use.class);

    /** Who takes what is left. */
    public enum Use {
        DISCOVERY,
        RECLASSIFICATION;

        private Use other() {
            return this == DISCOVERY ? RECLASSIFICATION : DISCOVERY;
        }
    }

    /** Calls of one use in progress, and how many more it would begin. */
    private record Demand(IntSupplier calls, IntSupplier wanted) {
        static final Demand NONE = new Demand(() -> 0, () -> 0);
    }

    /**
     * @param capacity calls that R1 takes at a time
     * @param calls    about new notes in progress
     * @param waiting  new notes that wait for a call
     */
    public SpareSlots(IntSupplier capacity, IntSupplier calls, IntSupplier waiting, InstantSource clock) {
        this.capacity = capacity;
        this.calls = calls;
        this.waiting = waiting;
        this.clock = clock;
    }

    /**
     * Says how much one use takes and wants; both are asked each time.
     *
     * @param running calls of it in progress
     * @param wanted  calls that it would begin beside them
     */
    public synchronized void register(Use use, IntSupplier running, IntSupplier wanted) {
        demands.put(use, new Demand(running, wanted));
    }

    /** Calls that this use may have in progress now. */
    public int most(Use use) {
        if (waiting.getAsInt() > 0) {
            return 0;
        }
        int slots = capacity.getAsInt();
        // Beside notes that are judged again, a slot stays free: a new note finds R1 idle.
        int kept = use == Use.RECLASSIFICATION && slots > 1 ? 1 : 0;
        int spare = Math.max(0, slots - calls.getAsInt() - kept);
        Demand other = demand(use.other());
        int taken = other.calls().getAsInt();
        int untouched = spare - taken - other.wanted().getAsInt();
        return Math.max(0, Math.min(spare - taken, Math.max(untouched, half(use, spare))));
    }

    private synchronized Demand demand(Use use) {
        return demands.getOrDefault(use, Demand.NONE);
    }

    private int half(Use use, int spare) {
        long turn = clock.instant().getEpochSecond() / TURN.toSeconds() % Use.values().length;
        return spare / 2 + (turn == use.ordinal() ? spare % 2 : 0);
    }
}
