package io.rationale.console.limits;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.rationale.console.limits.LimitMetrics.Why;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Waits for the body of a request on the event loop, or for the first part of a large one, before anything of the API is
 * asked: a client that sends slowly takes no thread and no place of the intake. {@link BodyFilter} hands on what came.
 */
final class BodyGate {
    /** Behind all that can refuse a request without its body. */
    private static final int LAST = 10;

    /** What is waited for. The rest of a larger body is read as it comes. */
    private static final int MOST = 1024 * 1024;

    private static final String CONTINUE = "100-continue";
    private static final String BODY = BodyGate.class.getName();

    private final long memory;
    private final LimitMetrics metrics;
    private final AtomicLong held = new AtomicLong();
    private final Set<Arriving> arriving = ConcurrentHashMap.newKeySet();

    /** @param memory for all bodies that are on their way, in bytes */
    BodyGate(long memory, LimitMetrics metrics) {
        this.memory = memory;
        this.metrics = metrics;
    }

    void register(Filters filters) {
        filters.register(this::handle, LAST);
    }

    /**
     * What came of a request's body.
     *
     * @param bytes as many as were waited for
     * @param isAll whether nothing follows
     */
    record Held(byte[] bytes, boolean isAll) {}

    /** Nothing where the body was not waited for. */
    static Optional<Held> held(RoutingContext at) {
        return Optional.ofNullable(at.get(BODY));
    }

    private void handle(RoutingContext at) {
        HttpServerRequest request = at.request();
        Optional<Watch> watch = Watch.of(request);
        Optional<Exchange> exchange = RequestGate.exchange(at);
        if (request.isEnded()
                || request.version() == HttpVersion.HTTP_2
                || !Exchange.hasBody(request)
                || watch.isEmpty()
                || exchange.isEmpty()
                || !at.normalizedPath().startsWith("/api/")) {
            at.next();
            return;
        }
        if (CONTINUE.equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.headers().remove(HttpHeaders.EXPECT);
            at.response().writeContinue();
        }
        new Arriving(at, watch.get(), exchange.get()).begin();
    }

    /** A body on its way. On the connection's event loop, but for {@link #giveWay()}. */
    private final class Arriving {
        private final RoutingContext at;
        private final Watch watch;
        private final Exchange exchange;
        private final long since = System.nanoTime();
        private Buffer bytes = Buffer.buffer();
        private boolean done;
        private long mine;
        private volatile boolean givesWay;

        Arriving(RoutingContext at, Watch watch, Exchange exchange) {
            this.at = at;
            this.watch = watch;
            this.exchange = exchange;
        }

        void begin() {
            arriving.add(this);
            watch.waitForBody(exchange, this::tooSlow);
            HttpServerRequest request = at.request();
            request.handler(this::more);
            request.endHandler(ended -> goOn(true));
            request.exceptionHandler(gone -> end());
            request.resume();
        }

        private void more(Buffer part) {
            if (done || !hold(part.length())) {
                return;
            }
            bytes.appendBuffer(part);
            while (held.get() > memory) {
                Optional<Arriving> longest = arriving.stream()
                        .filter(other -> !other.givesWay)
                        .min(Comparator.comparingLong(other -> other.since));
                if (longest.isEmpty()) {
                    break;
                }
                longest.get().giveWay();
            }
            if (!givesWay && bytes.length() >= MOST) {
                at.request().pause();
                goOn(false);
            }
        }

        /** @return false when it has had to give way */
        private synchronized boolean hold(int more) {
            if (!givesWay) {
                mine += more;
                held.addAndGet(more);
            }
            return !givesWay;
        }

        private synchronized void release() {
            held.addAndGet(-mine);
            mine = 0;
        }

        private void goOn(boolean isAll) {
            if (!end()) {
                return;
            }
            watch.goOn(exchange);
            at.request().handler(null);
            at.request().endHandler(null);
            at.request().exceptionHandler(null);
            at.put(BODY, new Held(bytes.getBytes(), isAll));
            at.next();
        }

        private void tooSlow() {
            if (end()) {
                Refusal.tooSlow(at, "The body did not come in time.");
            }
        }

        private synchronized void giveWay() {
            givesWay = true;
            release();
            metrics.refused(Why.BODY_MEMORY);
            at.request().connection().close();
        }

        /** @return false when it had ended before */
        private boolean end() {
            if (done) {
                return false;
            }
            done = true;
            arriving.remove(this);
            release();
            return true;
        }
    }
}
