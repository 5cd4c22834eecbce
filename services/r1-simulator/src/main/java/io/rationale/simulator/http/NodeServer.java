package io.rationale.simulator.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Supplier;

/**
 * The port of one node, which can be closed with all its connections and opened again under the same number. Thread-safe;
 * what is asked for happens in that order.
 */
final class NodeServer {
    private static final long RETRY_MILLIS = 100;

    private final Vertx vertx;
    private final String host;
    private Handler<HttpServerRequest> handler;
    private int port;
    private HttpServer http;
    private boolean wanted;
    private Future<Void> last = Future.succeededFuture();

    /** @param port 0 for any that is free; the same one then when it is opened again */
    NodeServer(Vertx vertx, String host, int port) {
        this.vertx = vertx;
        this.host = host;
        this.port = port;
    }

    /** Who answers; to be said before the first start. */
    synchronized void handler(Handler<HttpServerRequest> newHandler) {
        handler = newHandler;
    }

    /** Completes when the port is open. */
    synchronized Future<Void> start() {
        wanted = true;
        return then(this::open);
    }

    /** Completes when the port is closed and every connection cut. */
    synchronized Future<Void> stop() {
        wanted = false;
        return then(this::close);
    }

    /** Closes the port for so long. */
    synchronized void outage(long millis) {
        then(this::close).onComplete(closed -> vertx.setTimer(millis, over -> reopen()));
    }

    synchronized int port() {
        return port;
    }

    synchronized boolean isOpen() {
        return http != null;
    }

    private synchronized void reopen() {
        if (wanted) {
            then(this::open).onFailure(inUse -> vertx.setTimer(RETRY_MILLIS, again -> reopen()));
        }
    }

    private synchronized Future<Void> then(Supplier<Future<Void>> step) {
        last = last.transform(done -> step.get());
        return last;
    }

    private synchronized Future<Void> open() {
        if (http != null) {
            return Future.succeededFuture();
        }
        return vertx.createHttpServer(httpOptions())
                .requestHandler(handler)
                .listen(port, host)
                .map(this::listening);
    }

    private synchronized Void listening(HttpServer server) {
        http = server;
        port = server.actualPort();
        return null;
    }

    private synchronized Future<Void> close() {
        HttpServer open = http;
        http = null;
        return open == null ? Future.succeededFuture() : open.close();
    }

    /** HTTP/1.1 only, as the servers it stands in for. */
    private static HttpServerOptions httpOptions() {
        return new HttpServerOptions().setHttp2ClearTextEnabled(false).setHandle100ContinueAutomatically(true);
    }
}
