package io.rationale.console.api;

import io.rationale.console.statistics.TableQuery;
import io.rationale.core.statistics.Window;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what the requests have in common. */
public final class QueryParameters {
    private static final int MOST_SOURCES = 100;
    private static final Pattern TAXONOMY = Pattern.compile("(.+)@([1-9]\\d{0,8})");

    private QueryParameters() {}

    /** @throws ProblemException when the window is unknown or there are too many sources */
    static TableQuery query(String window, List<String> sources, Instant now) {
        Window known = Window.of(window)
                .orElseThrow(() -> ProblemException.badRequest("The window is one of " + windows() + "."));
        return new TableQuery(known, sources(sources), now);
    }

    /**
     * A window that ends now, or a range.
     *
     * @param window   a code, or null for everything
     * @param from     RFC 3339, or null
     * @param to       RFC 3339, or null; with {@code from} alone the range ends now
     * @param taxonomy {@code id@version}, or null for the active one
     * @throws ProblemException when any of them cannot be read, or they contradict each other
     */
    public static TableQuery query(
            String window, String from, String to, List<String> sources, String taxonomy, Instant now) {
        return query(window, new Bound("from", from), new Bound("to", to), sources, now)
                .under(taxonomy(taxonomy));
    }

    /**
     * An end of a range.
     *
     * @param name  of the parameter
     * @param value RFC 3339, or null
     */
    public record Bound(String name, String value) {
        private Instant time() {
            return instant(name, value);
        }
    }

    /**
     * The same for a request whose bounds have other names.
     *
     * @throws ProblemException when any of them cannot be read, or they contradict each other
     */
    public static TableQuery query(String window, Bound from, Bound to, List<String> sources, Instant now) {
        if (from.value() == null && to.value() == null) {
            return query(window == null ? Window.ALL.code() : window, sources, now);
        }
        if (window != null) {
            throw ProblemException.badRequest("Give either a window, or " + from.name() + " and " + to.name() + ".");
        }
        Instant start = from.time();
        Instant end = to.time();
        if (start != null && !start.isBefore(end == null ? now : end)) {
            throw ProblemException.badRequest(
                    from.name() + (end == null ? " must lie in the past." : " must be before " + to.name() + "."));
        }
        return TableQuery.range(start, end, sources(sources), now);
    }

    private static Set<String> sources(List<String> sources) {
        if (sources.size() > MOST_SOURCES) {
            throw ProblemException.badRequest("At most " + MOST_SOURCES + " sources can be asked for.");
        }
        return Set.copyOf(sources);
    }

    private static Instant instant(String name, String given) {
        try {
            return given == null ? null : OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeParseException e) {
            throw ProblemException.badRequest(name + " is a time of RFC 3339, 2026-10-01T10:00:00Z for example; a plus"
                    + " sign in it must be sent as %2B.");
        }
    }

    /** @param given {@code id@version}, or null @throws ProblemException when it cannot be read */
    public static TaxonomyRef taxonomy(String given) {
        if (given == null) {
            return null;
        }
        Matcher ref = TAXONOMY.matcher(given);
        if (!ref.matches()) {
            throw ProblemException.badRequest("The taxonomy is named by id and version: rag-failures@1 for example.");
        }
        return new TaxonomyRef(ref.group(1), Integer.parseInt(ref.group(2)));
    }

    /** @throws ProblemException unless it is a number from 1 to {@code most} */
    public static int limit(String given, int most) {
        if (!given.matches("\\d{1,6}") || Integer.parseInt(given) < 1 || Integer.parseInt(given) > most) {
            throw ProblemException.badRequest("The limit is a number from 1 to " + most + ".");
        }
        return Integer.parseInt(given);
    }

    private static String windows() {
        return Arrays.stream(Window.values()).map(Window::code).collect(Collectors.joining(", "));
    }
}
