package io.rationale.console.reclassification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How many notes are decided a second, over the last minute. Not thread safe. */
final class Pace {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final double DIGITS = 1_000;

    private final Deque<Point> points = new ArrayDeque<>();

    private record Point(Instant at, long decided) {}

    /** @return notes a second, 0 while that is not known */
    double after(Instant now, long decided) {
        points.addLast(new Point(now, decided));
        while (points.size() > 2 && points.peekFirst().at().isBefore(now.minus(WINDOW))) {
            points.removeFirst();
        }
        Point first = points.getFirst();
        double seconds = Duration.between(first.at(), now).toMillis() / 1000.0;
        return seconds <= 0 ? 0 : Math.round((decided - first.decided()) / seconds * DIGITS) / DIGITS;
    }

    void forget() {
        points.clear();
    }
}
