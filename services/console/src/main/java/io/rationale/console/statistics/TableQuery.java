package io.rationale.console.statistics;

import io.rationale.core.statistics.Window;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which notes a table counts.
 *
 * @param taxonomy the version whose labels are counted, or null for the active one
 * @param window   of event time, or null for any other range
 * @param from     start, a whole minute, inclusive; nothing for no start
 * @param to       end, a whole minute, exclusive; nothing for no end
 * @param sources  the sources counted; empty means all
 * @param now      when it is asked; the minute that is running counts whole
 */
public record TableQuery(
        TaxonomyRef taxonomy,
        Window window,
        Optional<Instant> from,
        Optional<Instant> to,
        Set<String> sources,
        Instant now) {
    /** What {@link #code} says when it is none of the windows. */
    public static final String RANGE = "range";

    /** A start is cut to its minute, an end that is none goes to the next whole minute. */
    public TableQuery {
        from = from.map(start -> Bucket.instantOf(Bucket.minuteOf(start)));
        to = to.map(TableQuery::nextWholeMinute);
        sources = Set.copyOf(sources);
        Objects.requireNonNull(now, "now");
    }

    private static Instant nextWholeMinute(Instant time) {
        Instant minute = Bucket.instantOf(Bucket.minuteOf(time));
        return minute.equals(time) ? minute : minute.plus(Duration.ofMinutes(1));
    }

    /** A window that ends now, under the active version. */
    public TableQuery(Window window, Set<String> sources, Instant now) {
        this(null, window, window.start(minuteAfter(now)), end(window, now), sources, now);
    }

    private static Optional<Instant> end(Window window, Instant now) {
        return window == Window.ALL ? Optional.empty() : Optional.of(minuteAfter(now));
    }

    private static Instant minuteAfter(Instant now) {
        return Bucket.instantOf(Bucket.minuteOf(now) + 1);
    }

    /** Everything there is. */
    public static TableQuery all(Instant now) {
        return new TableQuery(Window.ALL, Set.of(), now);
    }

    /**
     * Any range of event time, under the active version.
     *
     * @param from start, or null for no start
     * @param to   end, or null for now
     */
    public static TableQuery range(Instant from, Instant to, Set<String> sources, Instant now) {
        return new TableQuery(
                null, null, Optional.ofNullable(from), Optional.of(to == null ? minuteAfter(now) : to), sources, now);
    }

    /** The same under that version; null for the active one. */
    public TableQuery under(TaxonomyRef version) {
        return new TableQuery(version, window, from, to, sources, now);
    }

    /** The same with other bounds. */
    TableQuery between(Instant start, Instant end) {
        return new TableQuery(taxonomy, window, Optional.ofNullable(start), Optional.ofNullable(end), sources, now);
    }

    /** The window of the same length just before; nothing when this one has no start or no end. */
    public Optional<TableQuery> before() {
        return from.flatMap(start -> to.map(end -> {
            Instant earlier = start.minus(Duration.between(start, end));
            return new TableQuery(taxonomy, null, Optional.of(earlier), from, sources, now);
        }));
    }

    /** The name of the window, or {@link #RANGE}. */
    public String code() {
        return window == null ? RANGE : window.code();
    }

    /** Whether notes of that source and time are counted. */
    public boolean covers(String source, Instant observedAt) {
        return covers(source)
                && from.map(start -> !observedAt.isBefore(start)).orElse(true)
                && to.map(observedAt::isBefore).orElse(true);
    }

    /** Whether notes of that source are counted. */
    boolean covers(String source) {
        return sources.isEmpty() || sources.contains(source);
    }
}
