package io.rationale.local.command;

import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Notes done, rate and time left, on standard error: a bar for a terminal, a line now and then for a log. */
interface ProgressDisplay extends AutoCloseable {
    /** Shows the present state. */
    void show(long done, long total);

    @Override
    void close();

    /** What fits: nothing when quiet. */
    static ProgressDisplay of(boolean quiet) {
        if (quiet) {
            return new Silent();
        }
        return Terminal.isWatched() ? new Bar() : new Lines(System.nanoTime());
    }

    /** No progress. */
    final class Silent implements ProgressDisplay {
        @Override
        public void show(long done, long total) {}

        @Override
        public void close() {}
    }

    /** A bar that moves. */
    final class Bar implements ProgressDisplay {
        private final ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("Classifying")
                .setUnit(" notes", 1)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(200)
                .setMaxRenderedLength(Terminal.width())
                .showSpeed()
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();

        @Override
        public void show(long done, long total) {
            bar.maxHint(total);
            bar.stepTo(done);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** A line every few seconds. */
    final class Lines implements ProgressDisplay {
        private static final long EVERY_NANOS = 5_000_000_000L;

        private final long start;
        private long last;
        private long lastDone = -1;

        Lines(long start) {
            this.start = start;
            this.last = start;
        }

        @Override
        public void show(long done, long total) {
            long now = System.nanoTime();
            boolean finished = done == total && total > 0;
            if (done != lastDone && (finished || now - last >= EVERY_NANOS)) {
                last = now;
                lastDone = done;
                System.err.println(line(done, total, (now - start) / 1e9));
            }
        }

        static String line(long done, long total, double seconds) {
            double rate = done / Math.max(seconds, 0.001);
            String left = done == 0 ? "" : String.format(Locale.ROOT, ", %.0f s left", (total - done) / rate);
            return String.format(Locale.ROOT, "%d of %d notes, %.1f/s%s", done, total, rate, left);
        }

        @Override
        public void close() {}
    }
}
