package io.rationale.console.api;

import io.rationale.console.statistics.TableQuery;
import io.rationale.core.statistics.Window;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what the requests have in common. */
final class QueryParameters {
    private static final int MOST_SOURCES = 100;

    private QueryParameters() {}

    /** @throws ProblemException when the window is unknown or there are too many sources */
    static TableQuery query(String window, List<String> sources, Instant now) {
        Window known = Window.of(window)
                .orElseThrow(() -> ProblemException.badRequest("The window is one of " + windows() + "."));
        if (sources.size() > MOST_SOURCES) {
            throw ProblemException.badRequest("At most " + MOST_SOURCES + " sources can be asked for.");
        }
        return new TableQuery(known, Set.copyOf(sources), now);
    }

    /** @throws ProblemException unless it is a number from 1 to {@code most} */
    static int limit(String given, int most) {
        if (!given.matches("\\d{1,6}") || Integer.parseInt(given) < 1 || Integer.parseInt(given) > most) {
            throw ProblemException.badRequest("The limit is a number from 1 to " + most + ".");
        }
        return Integer.parseInt(given);
    }

    private static String windows() {
        return Arrays.stream(Window.values()).map(Window::code).collect(Collectors.joining(", "));
    }
}
