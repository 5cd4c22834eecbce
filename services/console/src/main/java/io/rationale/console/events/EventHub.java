package io.rationale.console.events;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Serves all listeners from one thread, which sleeps until something happens or somebody is due. A listener is given an
 * event only when it has taken the one before, so a slow one falls behind in the log and holds no memory. Thread safe.
 */
final class EventHub implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EventHub.class);
    private static final long LONGEST_SLEEP = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier statistics;
    private final Supplier<Map<String, Long>> signals;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    /** @param stays whether the listener may go on listening */
    private record Listener(Feed feed, BooleanSupplier stays, MultiEmitter<? super Feed.Message> emitter) {}

    /**
     * @param statistics revision of the counts
     * @param signals    revisions of what else changes, by name
     */
    EventHub(LongSupplier statistics, Supplier<Map<String, Long>> signals) {
        this.statistics = statistics;
        this.signals = signals;
        this.thread = Thread.ofPlatform().name("event-hub").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** How many listen. */
    int listeners() {
        return listeners.size();
    }

    /** Something happened: everybody is looked after soon. Never blocks. */
    void signal() {
        LockSupport.unpark(thread);
    }

    /**
     * What one listener is told, from its subscription on.
     *
     * @param stays asked every second; the stream ends when it says no
     */
    Multi<Feed.Message> listen(Feed feed, BooleanSupplier stays) {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            Listener listener = new Listener(feed, stays, emitter);
                            emitter.onTermination(() -> listeners.remove(listener));
                            emitter.onRequest(wanted -> signal());
                            listeners.add(listener);
                            if (closed) {
                                emitter.complete();
                            }
                            signal();
                        },
                        BackPressureStrategy.ERROR);
    }

    private void run() {
        long asked = System.nanoTime();
        while (!closed) {
            if (System.nanoTime() - asked >= LONGEST_SLEEP) {
                asked = System.nanoTime();
                listeners.stream().filter(each -> !stays(each)).forEach(this::end);
            }
            long sleep = LONGEST_SLEEP;
            for (Listener listener : listeners) {
                sleep = Math.min(sleep, serve(listener));
            }
            if (sleep > 0) {
                LockSupport.parkNanos(this, sleep);
            }
        }
        listeners.forEach(listener -> listener.emitter().complete());
    }

    private static boolean stays(Listener listener) {
        try {
            return listener.stays().getAsBoolean();
        } catch (RuntimeException e) {
            LOG.warn("A listener is dropped: nobody knows whether it may stay", e);
            return false;
        }
    }

    private void end(Listener listener) {
        listeners.remove(listener);
        listener.emitter().complete();
    }

    /** @return nanoseconds until the listener is to be looked after again */
    private long serve(Listener listener) {
        try {
            while (listener.emitter().requested() > 0) {
                long now = System.nanoTime();
                Optional<Feed.Message> next = listener.feed().next(now, statistics.getAsLong(), signals.get());
                if (next.isEmpty()) {
                    return listener.feed().idle(now, statistics.getAsLong(), signals.get());
                }
                listener.emitter().emit(next.get());
            }
        } catch (RuntimeException e) {
            LOG.warnf(e, "A listener is dropped; listeners=%d", listeners.size());
            end(listener);
        }
        return LONGEST_SLEEP;
    }

    @Override
    public void close() {
        closed = true;
        signal();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
