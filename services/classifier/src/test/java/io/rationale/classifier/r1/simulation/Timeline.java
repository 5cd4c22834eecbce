package io.rationale.classifier.r1.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The virtual clock: events in the order of their time, those of the same time in the order of their coming. */
final class Timeline {
    private record Event(long at, long sequence, Runnable action) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::sequence));
    private long now;
    private long sequence;

    /** Nanoseconds since the simulation began. */
    long now() {
        return now;
    }

    void after(Duration delay, Runnable action) {
        events.add(new Event(now + delay.toNanos(), sequence++, action));
    }

    /** Again and again, beginning after the first interval. */
    void every(Duration interval, Runnable action) {
        after(interval, () -> {
            action.run();
            every(interval, action);
        });
    }

    void runUntil(Duration end) {
        while (!events.isEmpty() && events.peek().at() <= end.toNanos()) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
        now = end.toNanos();
    }
}
