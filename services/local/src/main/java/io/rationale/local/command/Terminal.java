package io.rationale.local.command;

import java.util.Map;

/** What the script found out about the terminal. */
final class Terminal {
    private static final int DEFAULT_WIDTH = 100;
    private static final int LEAST_WIDTH = 60;
    private static final int MOST_WIDTH = 160;

    private Terminal() {}

    /** Columns for tables. */
    static int width() {
        return width(System.getenv());
    }

    static int width(Map<String, String> environment) {
        try {
            int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", ""));
            return Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, columns));
        } catch (NumberFormatException e) {
            return DEFAULT_WIDTH;
        }
    }

    /** Whether somebody watches standard error. */
    static boolean isWatched() {
        return "1".equals(System.getenv("RATIONALE_TTY"));
    }
}
