package io.rationale.classifier.r1.http;

import io.rationale.classifier.r1.http.HttpAnswer.Ending;
import io.rationale.classifier.r1.wire.Connection;
import io.rationale.classifier.r1.wire.ConnectionPool;
import io.rationale.classifier.r1.wire.ResponseBody;
import io.rationale.classifier.r1.wire.ResponseHead;
import io.rationale.classifier.r1.wire.ServerAddress;
import io.rationale.classifier.r1.wire.Tls;
import io.rationale.core.json.Bytes;
import io.rationale.core.r1.ModelOutcome.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests to one server and reads the responses while they come, on the calling virtual thread. Never throws for
 * what a server or the network does. A call that is broken off, by a timer, by its reader or by an interrupt, closes its
 * connection, so that the server frees the slot. Thread safe.
 */
final class HttpConnector implements AutoCloseable {
    /** Some ten times a long chain of thought as single-token events; an exchange of it still fits into its topic. */
    static final int LARGEST_BODY = 8 * 1024 * 1024;

    private static final int OK = 200;
    private static final int SMALL_BODY = 16 * 1024;

    /** How long the rest of a body may take after all that matters was read, so that its connection can be used again. */
    private static final Duration REST = Duration.ofSeconds(1);

    /** A kept connection that the server closed meanwhile fails so soon; one that fails later was asked in earnest. */
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ServerAddress address;
    private final Tls tls;
    private final Duration connectTimeout;
    private final TimerSweep sweep;
    private final ConnectionPool pool = new ConnectionPool();

    HttpConnector(ServerAddress address, Tls tls, Duration connectTimeout, TimerSweep sweep) {
        this.address = address;
        this.tls = tls;
        this.connectTimeout = connectTimeout;
        this.sweep = sweep;
    }

    /**
     * @param request      as it goes over the wire
     * @param firstPayload run once, when the first words come
     * @throws InterruptedException when the caller is stopped
     */
    HttpAnswer send(byte[] request, Timeouts timeouts, BodyReader reader, Runnable firstPayload)
            throws InterruptedException {
        return new Call(timeouts, reader, firstPayload).run(request);
    }

    /** Closes connections that were not used for long. */
    void closeOld() {
        pool.closeOld();
    }

    /** Keeps no connections any more; calls go on. */
    @Override
    public void close() {
        pool.close();
    }

    private final class Call {
        private final BodyReader reader;
        private final Runnable onFirstPayload;
        private final Timeouts timeouts;
        private final long start = System.nanoTime();
        private CallTimers timers;
        private volatile Connection connection;
        private byte[] body = new byte[SMALL_BODY];
        private int length;
        private ResponseHead head;
        private Duration firstPayload;
        private boolean ended;
        private boolean canBeKept;

        Call(Timeouts timeouts, BodyReader reader, Runnable onFirstPayload) {
            this.timeouts = timeouts;
            this.reader = reader;
            this.onFirstPayload = onFirstPayload;
        }

        HttpAnswer run(byte[] request) throws InterruptedException {
            try (CallTimers running = sweep.start(timeouts, this::breakOff)) {
                timers = running;
                return ask(request);
            } finally {
                // After the timers: they break off what is ours, and nothing that others use.
                letGo();
            }
        }

        private HttpAnswer ask(byte[] request) throws InterruptedException {
            try {
                head = exchange(request);
                return answer(readBody(new ResponseBody(connection, head)), null, null);
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw (InterruptedException) new InterruptedException("stopped while R1 was thinking").initCause(e);
                }
                return ended ? answer(Ending.WHOLE, null, null) : failed(e);
            }
        }

        /** Over a connection that was kept, if there is one; where the server has closed it, over another. */
        private ResponseHead exchange(byte[] request) throws IOException {
            Connection kept = pool.take();
            if (kept != null) {
                connection = kept;
                try {
                    return exchange(kept, request);
                } catch (IOException e) {
                    kept.close();
                    if (!isStale(kept)) {
                        throw e;
                    }
                }
            }
            connection = Connection.unopened();
            requireTime();
            connection.open(address, tls, connectTimeout);
            return exchange(connection, request);
        }

        private ResponseHead exchange(Connection over, byte[] request) throws IOException {
            requireTime();
            return over.exchange(request);
        }

        private boolean isStale(Connection kept) {
            return !kept.hasReceived()
                    && System.nanoTime() - start < STALE_NANOS
                    && timers.expired().isEmpty()
                    && !Thread.currentThread().isInterrupted();
        }

        /** A timer that ran out earlier broke off another connection, or none. */
        private void requireTime() throws IOException {
            if (timers.expired().isPresent()) {
                throw new IOException("no time is left");
            }
        }

        private Ending readBody(ResponseBody from) throws IOException {
            int read = from.read(body, 0, body.length);
            while (read >= 0) {
                int before = length;
                length += read;
                if (length > LARGEST_BODY) {
                    return Ending.TOO_LARGE;
                }
                // An error has no words: taken for some, it would prove a slot and a time without any queue.
                if (head.status() == OK && !look(before, read)) {
                    return Ending.STOPPED;
                }
                makeRoom();
                read = from.read(body, length, body.length - length);
            }
            canBeKept = from.leavesConnection();
            return Ending.WHOLE;
        }

        /** Shows the reader what came; whether it wants more. */
        private boolean look(int from, int count) {
            if (!ended && reader.feed(body, from, count)) {
                payload();
            }
            if (reader.hadEnough()) {
                return false;
            }
            if (!ended && reader.ended()) {
                ended = true;
                timers.allowOnly(REST);
            }
            return true;
        }

        private void makeRoom() {
            if (body.length - length < SMALL_BODY / 2) {
                body = Arrays.copyOf(body, 2 * body.length);
            }
        }

        private void payload() {
            timers.payload();
            if (firstPayload == null) {
                firstPayload = Duration.ofNanos(System.nanoTime() - start);
                onFirstPayload.run();
            }
        }

        private void breakOff() {
            Connection current = connection;
            if (current != null) {
                current.close();
            }
        }

        private void letGo() {
            if (canBeKept) {
                pool.keep(connection);
            } else {
                breakOff();
            }
        }

        private HttpAnswer failed(IOException cause) {
            Timer expired = timers.expired().orElse(null);
            return answer(expired == null ? Ending.BROKEN : Ending.EXPIRED, rootMessage(cause), expired);
        }

        private HttpAnswer answer(Ending ending, String message, Timer expired) {
            return new HttpAnswer(
                    head == null ? 0 : head.status(),
                    head == null ? null : head.header("server"),
                    head == null ? null : RetryAfter.parse(head.header("retry-after")),
                    Bytes.of(body, length),
                    ending,
                    message,
                    expired,
                    firstPayload);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
