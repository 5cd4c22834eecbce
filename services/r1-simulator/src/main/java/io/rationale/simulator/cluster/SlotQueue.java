package io.rationale.simulator.cluster;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedSet;

/**
 * The places of a server: whoever finds none free waits, first come first served. The queue is unbounded, as in vLLM,
 * or turns away whoever comes when it is full. Thread-safe; callbacks run outside the lock, on the thread that freed
 * the slot.
 */
public final class SlotQueue {
    private final int slots;
    private final OptionalInt bound;
    private final Load load;
    private final SequencedSet<Ticket> waiting = new LinkedHashSet<>();
    private int busy;

    SlotQueue(int slots, OptionalInt bound, Load load) {
        this.slots = slots;
        this.bound = bound;
        this.load = load;
    }

    /**
     * Takes a slot or a place in the queue; {@code granted} runs once when the slot is there, perhaps at once.
     *
     * @return nothing where the queue is full
     */
    public Optional<Ticket> enter(Runnable granted) {
        Ticket ticket = new Ticket(granted);
        boolean now;
        synchronized (this) {
            now = busy < slots;
            if (now) {
                ticket.hold(0);
            } else if (bound.isPresent() && waiting.size() >= bound.getAsInt()) {
                return Optional.empty();
            } else {
                waiting.addLast(ticket);
                load.change(0, 1);
            }
        }
        if (now) {
            granted.run();
        }
        return Optional.of(ticket);
    }

    /** A request's place, from the queue to the slot. */
    public final class Ticket {
        private final Runnable granted;
        private boolean holding;

        private Ticket(Runnable granted) {
            this.granted = granted;
        }

        /** Gives up the slot or the place in the queue; any further call has no effect. */
        public void leave() {
            Ticket next = null;
            synchronized (SlotQueue.this) {
                if (holding) {
                    holding = false;
                    busy--;
                    load.change(-1, 0);
                    next = waiting.isEmpty() ? null : waiting.removeFirst().hold(-1);
                } else if (waiting.remove(this)) {
                    load.change(0, -1);
                }
            }
            if (next != null) {
                next.granted.run();
            }
        }

        private Ticket hold(int waitingBy) {
            holding = true;
            busy++;
            load.change(1, waitingBy);
            return this;
        }
    }
}
