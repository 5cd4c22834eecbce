package io.rationale.classifier.work;

import java.util.concurrent.atomic.AtomicLong;

/** How much was read and is not written yet: bounds memory whatever the backlog. Thread safe. */
public final class InFlightLimit {
    private final long maxNotes;
    private final long maxBytes;
    private final AtomicLong notes = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    public InFlightLimit(long maxNotes, long maxBytes) {
        this.maxNotes = maxNotes;
        this.maxBytes = maxBytes;
    }

    /** Whether another note may be taken in. */
    public boolean hasRoom() {
        return notes.get() < maxNotes && bytes.get() < maxBytes;
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
}
