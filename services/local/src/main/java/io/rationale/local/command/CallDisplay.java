package io.rationale.local.command;

import io.rationale.core.discovery.DiscoveryProgress;
import java.util.Locale;

/** How far a discovery or a reclassification is, on standard error: one line that changes for a terminal, a line now and then for a log. */
final class CallDisplay implements AutoCloseable {
    private static final long EVERY_NANOS = 5_000_000_000L;
    private static final long READING_NANOS = 200_000_000L;

    private final boolean isQuiet;
    private final boolean isWatched = Terminal.isWatched();
    private String shown = "";
    private String last = "";
    private long lastShown = System.nanoTime();
    private boolean isLineOpen;

    CallDisplay(boolean isQuiet) {
        this.isQuiet = isQuiet;
    }

    /** So many notes are read from the files. */
    void reading(long notes) {
        if (System.nanoTime() - lastShown >= (isWatched ? READING_NANOS : EVERY_NANOS)) {
            show("Reading: " + notes + " notes", true);
        }
    }

    /** A line that stays. */
    void say(String line) {
        show(line, true);
        endLine();
    }

    /** The latest progress. */
    void calls(DiscoveryProgress progress) {
        show(line(progress), isWatched || System.nanoTime() - lastShown >= EVERY_NANOS);
    }

    /** The latest progress, in words. */
    void progress(String line) {
        show(line, isWatched || System.nanoTime() - lastShown >= EVERY_NANOS);
    }

    static String line(DiscoveryProgress progress) {
        return String.format(
                Locale.ROOT,
                "Discovering (%s): %d of %d calls, %d tokens",
                progress.phase(),
                progress.done(),
                progress.planned(),
                progress.tokens());
    }

    @Override
    public void close() {
        settle();
    }

    /** Shows what was said last, if it is not shown, and ends its line. */
    void settle() {
        if (!last.isEmpty()) {
            show(last, true);
            endLine();
            last = "";
        }
    }

    private void show(String line, boolean isDue) {
        last = line;
        if (isQuiet || !isDue || line.equals(shown)) {
            return;
        }
        if (isWatched) {
            System.err.print("\r\u001b[K" + line);
            isLineOpen = true;
        } else {
            System.err.println(line);
        }
        shown = line;
        lastShown = System.nanoTime();
    }

    private void endLine() {
        if (isLineOpen) {
            System.err.println();
            isLineOpen = false;
        }
    }
}
