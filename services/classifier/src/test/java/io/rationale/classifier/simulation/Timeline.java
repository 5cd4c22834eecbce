package io.rationale.classifier.simulation;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The virtual clock: events in the order of their time, those of the same time in the order of their coming. */
final class Timeline {
    private record Event(long at, long sequence, Runnable action) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::sequence));
    private long now;
    private long sequence;

    /** Milliseconds since the simulation began. */
    long now() {
        return now;
    }

    Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    void after(long millis, Runnable action) {
        events.add(new Event(now + millis, sequence++, action));
    }

    /** Runs the next event. */
    void step() {
        Event event = events.remove();
        now = event.at();
        event.action().run();
    }
}
