package io.rationale.simulator;

import io.rationale.simulator.chat.ChatModel;
import io.rationale.simulator.cluster.LatencyModel;
import io.rationale.simulator.cluster.PrefixCache;
import io.rationale.simulator.cluster.SlotQueue;
import io.rationale.simulator.http.Counters;
import io.rationale.simulator.http.HttpApi;
import io.rationale.simulator.http.Server;
import io.rationale.simulator.reasoner.LexicalReasoner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stands in for an R1 cluster: serves OpenAI-compatible HTTP as vLLM does and answers by comparing words, thinking
 * aloud. Brings its own Vert.x, so that it can run beside another in the same JVM. Thread-safe.
 */
public final class R1Simulator implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int REMEMBERED_PROMPTS = 64;

    private final SimulatorOptions options;
    private final Vertx vertx;
    private final Counters counters;
    private final HttpServer http;
    private final AtomicBoolean closed = new AtomicBoolean();

    private R1Simulator(SimulatorOptions options, Vertx vertx) {
        this.options = options;
        this.vertx = vertx;
        SlotQueue slots = new SlotQueue(options.slots());
        counters = new Counters(slots);
        http = vertx.createHttpServer(httpOptions()).requestHandler(new HttpApi(server(slots)));
    }

    /**
     * Starts a simulator and waits until it listens; not to be called on an event loop.
     *
     * @throws UncheckedIOException if it cannot listen; the cause is a {@link BindException} where the port is in use
     */
    public static R1Simulator start(SimulatorOptions options) {
        R1Simulator simulator = new R1Simulator(options, Vertx.vertx(vertxOptions()));
        try {
            await(simulator.http.listen(options.port(), options.host()));
            return simulator;
        } catch (CompletionException e) {
            simulator.close();
            throw new UncheckedIOException(cannotListen(options, e.getCause()));
        }
    }

    /** Where an OpenAI client points to, such as {@code http://127.0.0.1:8000/v1}. */
    public String baseUrl() {
        String host = options.host().indexOf(':') < 0 ? options.host() : "[" + options.host() + "]";
        return "http://" + host + ":" + port() + "/v1";
    }

    /** The port it really listens on. */
    public int port() {
        return http.actualPort();
    }

    public SimulatorStats stats() {
        return counters.stats();
    }

    /** Breaks off what is running and frees the port and the threads; returns when that is done. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            await(vertx.close());
        }
    }

    private Server server(SlotQueue slots) {
        Random ids = new Random(options.seed());
        return new Server(
                vertx,
                vertx.createSharedWorkerExecutor("r1-simulator", THREADS),
                new ChatModel(options.model(), new LexicalReasoner(options.seed())),
                slots,
                new PrefixCache(REMEMBERED_PROMPTS),
                new LatencyModel(options.speedUp()),
                counters,
                System::nanoTime,
                Clock.systemUTC(),
                ids::nextLong);
    }

    /** HTTP/1.1 only, as the servers it stands in for. */
    private static HttpServerOptions httpOptions() {
        return new HttpServerOptions().setHttp2ClearTextEnabled(false).setHandle100ContinueAutomatically(true);
    }

    private static VertxOptions vertxOptions() {
        return new VertxOptions()
                .setEventLoopPoolSize(THREADS)
                .setWorkerPoolSize(THREADS)
                .setInternalBlockingPoolSize(THREADS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private static IOException cannotListen(SimulatorOptions options, Throwable cause) {
        String where = "The R1 simulator cannot listen on " + options.host() + ":" + options.port() + ": ";
        if (cause instanceof BindException) {
            BindException inUse =
                    new BindException(where + cause.getMessage() + ". Choose another port, or 0 for any that is free.");
            inUse.initCause(cause);
            return inUse;
        }
        return new IOException(where + cause, cause);
    }

    private static void await(Future<?> future) {
        future.toCompletionStage().toCompletableFuture().join();
    }
}
