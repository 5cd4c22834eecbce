package io.rationale.classifier.discovery;

import io.rationale.classifier.r1.SpareSlots;
import io.rationale.core.discovery.CallSlots;

/** Lets a call of a discovery pass only where new notes leave a slot; and never more than so many at a time. Thread safe. */
final class DiscoverySlots implements CallSlots {
    /** Capacity and load change by themselves; calls take seconds. */
    private static final long LOOK_MILLIS = 50;

    private final int most;
    private final SpareSlots spare;
    private volatile int held;
    private volatile int wanted;

    /**
     * @param most  calls of discoveries at a time
     * @param spare says how many slots are left
     */
    DiscoverySlots(int most, SpareSlots spare) {
        this.most = most;
        this.spare = spare;
        spare.register(SpareSlots.Use.DISCOVERY, () -> held, this::wanted);
    }

    private int wanted() {
        return Math.min(wanted, most - held);
    }

    @Override
    public synchronized void acquire() throws InterruptedException {
        wanted++;
        try {
            while (!hasRoom()) {
                wait(LOOK_MILLIS);
            }
            held++;
        } finally {
            wanted--;
        }
    }

    @Override
    public synchronized void release() {
        held--;
        notifyAll();
    }

    /** Calls that passed and have not ended. */
    synchronized int held() {
        return held;
    }

    private boolean hasRoom() {
        return held < Math.min(most, spare.most(SpareSlots.Use.DISCOVERY));
    }
}
