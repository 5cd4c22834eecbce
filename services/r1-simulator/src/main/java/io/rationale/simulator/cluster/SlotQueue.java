package io.rationale.simulator.cluster;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * The places of a server: whoever finds none free waits, first come first served and without bound, as in vLLM.
 * Thread-safe; callbacks run outside the lock, on the thread that freed the slot.
 */
public final class SlotQueue {
    private final int slots;
    private final SequencedSet<Ticket> waiting = new LinkedHashSet<>();
    private int busy;

    public SlotQueue(int slots) {
        this.slots = slots;
    }

    /** Takes a slot or a place in the queue; {@code granted} runs once when the slot is there, perhaps at once. */
    public Ticket enter(Runnable granted) {
        Ticket ticket = new Ticket(granted);
        boolean now;
        synchronized (this) {
            now = busy < slots;
            if (now) {
                ticket.hold();
            } else {
                waiting.addLast(ticket);
            }
        }
        if (now) {
            granted.run();
        }
        return ticket;
    }

    public synchronized int busy() {
        return busy;
    }

    public synchronized int waiting() {
        return waiting.size();
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
                    next = waiting.isEmpty() ? null : waiting.removeFirst().hold();
                } else {
                    waiting.remove(this);
                }
            }
            if (next != null) {
                next.granted.run();
            }
        }

        private Ticket hold() {
            holding = true;
            busy++;
            return this;
        }
    }
}
