package io.rationale.classifier.r1.http;

import io.rationale.classifier.r1.http.HttpAnswer.Ending;
import io.rationale.core.json.Bytes;
import io.rationale.core.r1.ModelOutcome.Timer;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Sends a request and reads its response while it comes, on the calling (virtual) thread. Never throws for what a
 * server or the network does. A call that is broken off, by a timer, by its reader or by an interrupt, closes its
 * connection, so that the server frees the slot. Thread safe.
 */
final class HttpConnector {
    /** Some ten times a long chain of thought as single-token events; an exchange of it still fits into its topic. */
    static final int LARGEST_BODY = 8 * 1024 * 1024;

    private static final int OK = 200;

    /** How long the rest of a body may take after all that matters was read, so that its connection can be used again. */
    private static final Duration REST = Duration.ofSeconds(1);

    private final ScheduledExecutorService scheduler;

    HttpConnector(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * @param firstPayload run once, when the first words come
     * @throws InterruptedException when the caller is stopped
     */
    HttpAnswer send(Uni<RestResponse<InputStream>> request, Timeouts timeouts, BodyReader reader, Runnable firstPayload)
            throws InterruptedException {
        return new Call(timeouts, reader, firstPayload).run(request);
    }

    private final class Call {
        private final BodyReader reader;
        private final Runnable onFirstPayload;
        private final Timeouts timeouts;
        private final long start = System.nanoTime();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private volatile Runnable breakOff = () -> {};
        private int status;
        private String server;
        private Duration retryAfter;
        private Duration firstPayload;
        private boolean ended;

        Call(Timeouts timeouts, BodyReader reader, Runnable onFirstPayload) {
            this.timeouts = timeouts;
            this.reader = reader;
            this.onFirstPayload = onFirstPayload;
        }

        HttpAnswer run(Uni<RestResponse<InputStream>> request) throws InterruptedException {
            CompletableFuture<RestResponse<InputStream>> response = request.subscribeAsCompletionStage();
            breakOff = () -> response.cancel(true);
            try (CallTimers timers = new CallTimers(scheduler, timeouts, () -> breakOff.run())) {
                return read(response, timers);
            } catch (RejectedExecutionException e) {
                // The client is being closed, and its caller with it.
                response.cancel(true);
                throw (InterruptedException) new InterruptedException("the client is closed").initCause(e);
            }
        }

        private HttpAnswer read(CompletableFuture<RestResponse<InputStream>> response, CallTimers timers)
                throws InterruptedException {
            try {
                return readBody(response.get(), timers);
            } catch (InterruptedException e) {
                response.cancel(true);
                throw e;
            } catch (InterruptedIOException e) {
                throw (InterruptedException) new InterruptedException("stopped while R1 was thinking").initCause(e);
            } catch (ExecutionException | CancellationException | IOException e) {
                return ended ? answer(Ending.WHOLE, null, null) : failed(e, timers);
            }
        }

        private HttpAnswer readBody(RestResponse<InputStream> response, CallTimers timers) throws IOException {
            status = response.getStatus();
            server = response.getHeaderString("Server");
            retryAfter = RetryAfter.parse(response.getHeaderString("Retry-After"));
            try (InputStream in = response.getEntity()) {
                if (in == null) {
                    return answer(Ending.WHOLE, null, null);
                }
                breakOff = () -> close(in);
                if (timers.expired().isPresent()) {
                    // It ran out while the response came.
                    return failed(null, timers);
                }
                return answer(readBody(in, timers), null, null);
            }
        }

        private Ending readBody(InputStream in, CallTimers timers) throws IOException {
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                body.write(buffer, 0, read);
                if (body.size() > LARGEST_BODY) {
                    return Ending.TOO_LARGE;
                }
                if (status != OK) {
                    // An error has no words: taken for some, it would prove a slot and a time without any queue.
                    continue;
                }
                if (!ended && reader.feed(buffer, 0, read)) {
                    payload(timers);
                }
                if (reader.hadEnough()) {
                    return Ending.STOPPED;
                }
                if (!ended && reader.ended()) {
                    ended = true;
                    timers.allowOnly(REST);
                }
            }
            return Ending.WHOLE;
        }

        private void payload(CallTimers timers) {
            timers.payload();
            if (firstPayload == null) {
                firstPayload = Duration.ofNanos(System.nanoTime() - start);
                onFirstPayload.run();
            }
        }

        private HttpAnswer failed(Exception cause, CallTimers timers) {
            Timer expired = timers.expired().orElse(null);
            return answer(expired == null ? Ending.BROKEN : Ending.EXPIRED, cause, expired);
        }

        private HttpAnswer answer(Ending ending, Exception cause, Timer expired) {
            return new HttpAnswer(
                    status,
                    server,
                    retryAfter,
                    Bytes.of(body.toByteArray()),
                    ending,
                    cause == null ? null : rootMessage(cause),
                    expired,
                    firstPayload);
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // It is closed to be rid of it.
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
