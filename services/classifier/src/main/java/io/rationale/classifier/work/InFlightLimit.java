package io.rationale.classifier.work;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How much was read and is not written yet: bounds memory whatever the backlog. Thread safe. */
public final class InFlightLimit {
    private final LongSupplier maxNotes;
    private final long maxBytes;
    private final AtomicLong notes = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /** @param maxNotes asked each time: it may follow what the R1 cluster takes */
    public InFlightLimit(LongSupplier maxNotes, long maxBytes) {
        this.maxNotes = maxNotes;
        this.maxBytes = maxBytes;
    }

    /** Whether another note may be taken in. */
    public boolean hasRoom() {
        return bytes.get() < maxBytes && notes.get() < maxNotes.getAsLong();
    }

    /** A note of that size is taken in. */
    public void acquire(long noteBytes) {
        notes.incrementAndGet();
        bytes.addAndGet(noteBytes);
    }

    /** A note of that size is written or let go. */
    public void release(long noteBytes) {
        notes.decrementAndGet();
        bytes.addAndGet(-noteBytes);
    }

    /** Notes in flight. */
    public long notes() {
        return notes.get();
    }

    /** Their bytes. */
    public long bytes() {
        return bytes.get();
    }
}
