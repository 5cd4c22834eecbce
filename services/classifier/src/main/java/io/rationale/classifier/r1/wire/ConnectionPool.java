package io.rationale.classifier.r1.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Connections to one server that wait for a further request. Thread safe. */
public final class ConnectionPool implements AutoCloseable {
    /** Servers close connections that are idle for 5 s: ours are gone before. */
    private static final long LONGEST_IDLE = TimeUnit.SECONDS.toNanos(4);

    /** The first was used last. */
    private final Deque<Idle> idle = new ArrayDeque<>();

    private boolean closed;

    private record Idle(Connection connection, long since) {}

    /** One that was used before, or null. */
    public synchronized Connection take() {
        closeOld();
        Idle latest = idle.pollFirst();
        return latest == null ? null : latest.connection();
    }

    /** Keeps one whose response was read whole. */
    public synchronized void keep(Connection connection) {
        if (closed) {
            connection.close();
        } else {
            idle.addFirst(new Idle(connection, System.nanoTime()));
        }
    }

    /** Closes those that nobody used for long. */
    public synchronized void closeOld() {
        long now = System.nanoTime();
        while (!idle.isEmpty() && now - idle.peekLast().since() > LONGEST_IDLE) {
            idle.pollLast().connection().close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(each -> each.connection().close());
        idle.clear();
    }
}
