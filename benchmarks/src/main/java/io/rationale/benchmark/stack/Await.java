package io.rationale.benchmark.stack;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens in another process, by looking again and again. */
public final class Await {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private Await() {}

    /**
     * Waits for a condition.
     *
     * @throws IllegalStateException when it does not come within the bound
     */
    public static void until(String what, Duration bound, BooleanSupplier condition) {
        until(what, bound, INTERVAL, condition);
    }

    /** The same with another time between looks, for a look that disturbs what is measured. */
    public static void until(String what, Duration bound, Duration interval, BooleanSupplier condition) {
        present(what, bound, interval, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Waits for a value; as {@link #until}. */
    public static <T> T present(String what, Duration bound, Supplier<Optional<T>> value) {
        return present(what, bound, INTERVAL, value);
    }

    private static <T> T present(String what, Duration bound, Duration interval, Supplier<Optional<T>> value) {
        long deadline = System.nanoTime() + bound.toNanos();
        while (true) {
            Optional<T> found = value.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Waited " + bound.toSeconds() + " s in vain for this: " + what);
            }
            pause(interval);
        }
    }

    /** Lets time pass, for what is timed by itself. */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
