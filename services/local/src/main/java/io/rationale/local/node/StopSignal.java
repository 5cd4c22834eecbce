package io.rationale.local.node;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM. The JVM ends when its shutdown hooks end, so this hook waits until the command has ended: broker
 * and stores close cleanly, the next start need not recover, and temporary files go.
 */
public final class StopSignal implements AutoCloseable {
    private static final long LONGEST_CLOSE_SECONDS = 60;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Listens from now on. */
    public static StopSignal listen() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::requestAndAwaitClose, "stop-signal"));
        return signal;
    }

    /** Whether a stop was asked for. */
    public boolean requested() {
        return requested.getCount() == 0;
    }

    /** Waits until a stop is asked for. */
    public void await() throws InterruptedException {
        requested.await();
    }

    /** Waits for a stop, at most so long. @return whether it was asked for */
    public boolean await(long millis) throws InterruptedException {
        return requested.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Everything is closed: the JVM may end. */
    @Override
    public void close() {
        closed.countDown();
    }

    private void requestAndAwaitClose() {
        requested.countDown();
        try {
            closed.await(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
