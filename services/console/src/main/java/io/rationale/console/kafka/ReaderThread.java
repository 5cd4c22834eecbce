package io.rationale.console.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * A thread that reads with a consumer of its own until it is closed. Where reading fails, or ends because there is
 * nothing to read yet, it begins again a little later with another consumer.
 */
public final class ReaderThread implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReaderThread.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String name;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final java.util.function.Consumer<Consumer<byte[], byte[]>> reading;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Consumer<byte[], byte[]> consumer;

    /**
     * @param name      of the thread
     * @param consumers makes a consumer, which is closed again
     * @param reading   reads as long as {@link #isOpen()}; a wake-up that it lets through ends the thread
     */
    public ReaderThread(
            String name,
            Supplier<Consumer<byte[], byte[]>> consumers,
            java.util.function.Consumer<Consumer<byte[], byte[]>> reading) {
        this.name = name;
        this.consumers = consumers;
        this.reading = reading;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** Whether to go on. */
    public boolean isOpen() {
        return closed.getCount() > 0;
    }

    /** Lets time pass, unless it is closed meanwhile. */
    public void pause(Duration time) {
        try {
            closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (isOpen()) {
            try (Consumer<byte[], byte[]> reader = consumers.get()) {
                consumer = reader;
                reading.accept(reader);
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf(e, "Reading failed and begins again; reader=%s", name);
            }
            pause(PAUSE);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        Consumer<byte[], byte[]> reader = consumer;
        if (reader != null) {
            reader.wakeup();
        }
        try {
            if (thread.isAlive()) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
