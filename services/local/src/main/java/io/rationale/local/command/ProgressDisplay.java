package io.rationale.local.command;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Notes done, rate and time left, on standard error: a bar for a terminal, a line now and then for a log. */
interface ProgressDisplay extends AutoCloseable {
    /** So many notes are read from the files; more may come. */
    void reading(long read);

    /**
     * So many of all notes have a decision; those of the first call count in no rate.
     *
     * @param hindrance what everything waits for, if anything
     */
    void classifying(long done, long total, Optional<String> hindrance);

    @Override
    void close();

    /** What fits: nothing when quiet. */
    static ProgressDisplay of(boolean quiet) {
        if (quiet) {
            return new Silent();
        }
        return Terminal.isWatched() ? new Bar() : new Lines();
    }

    /** No progress. */
    final class Silent implements ProgressDisplay {
        @Override
        public void reading(long read) {}

        @Override
        public void classifying(long done, long total, Optional<String> hindrance) {}

        @Override
        public void close() {}
    }

    /** A bar that moves. */
    final class Bar implements ProgressDisplay {
        private ProgressBar bar;
        private boolean isReading = true;

        @Override
        public void reading(long read) {
            if (bar == null) {
                bar = builder("Reading").build();
            }
            bar.stepTo(read);
        }

        @Override
        public void classifying(long done, long total, Optional<String> hindrance) {
            if (isReading) {
                close();
                bar = builder("Classifying")
                        .setInitialMax(total)
                        .startsFrom(done, Duration.ZERO)
                        .build();
                isReading = false;
            }
            bar.stepTo(done);
            bar.setExtraMessage(
                    hindrance.map(each -> " waiting for R1: " + each).orElse(""));
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }

        private static ProgressBarBuilder builder(String task) {
            return new ProgressBarBuilder()
                    .setTaskName(task)
                    .setUnit(" notes", 1)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setUpdateIntervalMillis(200)
                    .setMaxRenderedLength(Terminal.width())
                    .showSpeed()
                    .setConsumer(new ConsoleProgressBarConsumer(System.err));
        }
    }

    /** A line every few seconds, and one at the end. */
    final class Lines implements ProgressDisplay {
        private static final long EVERY_NANOS = 5_000_000_000L;

        private long start;
        private long first;
        private long lastShown = System.nanoTime();
        private String last = "";
        private String shown = "";

        @Override
        public void reading(long read) {
            last = "Reading: " + read + " notes";
            showNowAndThen();
        }

        @Override
        public void classifying(long done, long total, Optional<String> hindrance) {
            if (start == 0) {
                start = System.nanoTime();
                first = done;
            }
            last = line(done, first, total, (System.nanoTime() - start) / 1e9)
                    + hindrance.map(each -> "; waiting for R1: " + each).orElse("");
            showNowAndThen();
        }

        @Override
        public void close() {
            if (start != 0 && !last.equals(shown)) {
                System.err.println(last);
            }
        }

        static String line(long done, long first, long total, double seconds) {
            double rate = (done - first) / Math.max(seconds, 0.001);
            String left = done == first || done == total
                    ? ""
                    : String.format(Locale.ROOT, ", %.0f s left", (total - done) / rate);
            return String.format(Locale.ROOT, "Classifying: %d of %d notes, %.1f/s%s", done, total, rate, left);
        }

        private void showNowAndThen() {
            if (System.nanoTime() - lastShown >= EVERY_NANOS) {
                lastShown = System.nanoTime();
                shown = last;
                System.err.println(last);
            }
        }
    }
}
