package io.rationale.classifier.discovery;

import io.rationale.core.discovery.CallSlots;
import java.util.function.IntSupplier;

/**
 * Lets a call of a discovery pass only while no note waits for one and R1 has room beside the calls about notes; and
 * never more than so many at a time. Thread safe.
 */
final class DiscoverySlots implements CallSlots {
    /** Capacity and load change by themselves; calls take seconds. */
    private static final long LOOK_MILLIS = 50;

    private final int most;
    private final IntSupplier capacity;
    private final IntSupplier calls;
    private final IntSupplier waiting;
    private int held;

    /**
     * @param most     calls of discoveries at a time
     * @param capacity calls that R1 takes at a time
     * @param calls    about notes in progress
     * @param waiting  notes that wait for a call
     */
    DiscoverySlots(int most, IntSupplier capacity, IntSupplier calls, IntSupplier waiting) {
        this.most = most;
        this.capacity = capacity;
        this.calls = calls;
        this.waiting = waiting;
    }

    @Override
    public synchronized void acquire() throws InterruptedException {
        while (!hasRoom()) {
            wait(LOOK_MILLIS);
        }
        held++;
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
        return held < most && waiting.getAsInt() == 0 && calls.getAsInt() + held < capacity.getAsInt();
    }
}
