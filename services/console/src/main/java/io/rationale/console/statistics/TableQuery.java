package io.rationale.console.statistics;

import io.rationale.core.statistics.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which notes a table counts.
 *
 * @param window  of event time
 * @param sources the sources counted; empty means all
 * @param now     when the window ends; the minute that is running counts whole
 */
public record TableQuery(Window window, Set<String> sources, Instant now) {
    public TableQuery {
        Objects.requireNonNull(window, "window");
        sources = Set.copyOf(sources);
        Objects.requireNonNull(now, "now");
    }

    /** Everything there is. */
    public static TableQuery all(Instant now) {
        return new TableQuery(Window.ALL, Set.of(), now);
    }

    /** Start of the window, a whole minute, inclusive; nothing for {@link Window#ALL}. */
    public Optional<Instant> from() {
        return window.start(nextMinute());
    }

    /** End of the window, a whole minute, exclusive; nothing for {@link Window#ALL}. */
    public Optional<Instant> to() {
        return from().map(start -> nextMinute());
    }

    /** Whether notes of that source and time are counted. */
    public boolean covers(String source, Instant observedAt) {
        return (sources.isEmpty() || sources.contains(source)) && covers(observedAt);
    }

    private boolean covers(Instant observedAt) {
        return from().map(start -> !observedAt.isBefore(start) && observedAt.isBefore(nextMinute()))
                .orElse(true);
    }

    private Instant nextMinute() {
        return now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    }
}
