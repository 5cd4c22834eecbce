package io.rationale.console.access;

import java.util.Locale;
import java.util.Set;

/**
 * Which paths ask who comes before anything else happens. Of paths below {@code /api} the role that a route declares is
 * asked for as well ({@link RoleFilter}).
 */
final class Paths {
    private static final String SESSION = "/api/v1/session";
    private static final Set<String> PUBLIC = Set.of(SESSION, "/api/v1/openapi");

    private Paths() {}

    /** Whether somebody who has no token may have it. @param path normalised */
    static boolean isPublic(String path) {
        if (PUBLIC.contains(path)) {
            return true;
        }
        String lower = path.toLowerCase(Locale.ROOT);
        return !isBelow(lower, "/api") && (!isBelow(lower, "/q") || isHealth(path));
    }

    /** Whether it is for viewers: metrics, and whatever else the framework serves. */
    static boolean isFramework(String path) {
        return isBelow(path.toLowerCase(Locale.ROOT), "/q") && !isHealth(path);
    }

    /** Whether it is part of the API. */
    static boolean isApi(String path) {
        return isBelow(path.toLowerCase(Locale.ROOT), "/api");
    }

    private static boolean isHealth(String path) {
        return isBelow(path, "/q/health");
    }

    /** A path parameter after a semicolon is none of the name. */
    private static boolean isBelow(String path, String folder) {
        return path.startsWith(folder)
                && (path.length() == folder.length() || "/;".indexOf(path.charAt(folder.length())) >= 0);
    }
}
