package io.rationale.simulator;

import io.rationale.simulator.fault.Fault;
import io.rationale.simulator.fault.Faults;
import io.rationale.simulator.http.Cluster;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Stands in for an R1 cluster: serves the HTTP of the server that it plays on one port a node and answers by comparing
 * words, thinking aloud. Brings its own Vert.x, so that it can run beside another in the same JVM. Thread-safe; methods
 * that open or close ports wait until that is done and are not to be called on an event loop.
 */
public final class R1Simulator implements AutoCloseable {
    private static final int THREADS = 2;

    private final SimulatorOptions options;
    private final Vertx vertx;
    private final Cluster cluster;
    private final AtomicBoolean closed = new AtomicBoolean();

    private R1Simulator(SimulatorOptions options, Vertx vertx) {
        this.options = options;
        this.vertx = vertx;
        cluster = new Cluster(options, vertx, vertx.createSharedWorkerExecutor("r1-simulator", THREADS));
    }

    /**
     * Starts a simulator and waits until all its nodes listen.
     *
     * @throws UncheckedIOException if one cannot listen; the cause is a {@link BindException} where its port is in use
     */
    public static R1Simulator start(SimulatorOptions options) {
        R1Simulator simulator = new R1Simulator(options, Vertx.vertx(vertxOptions()));
        try {
            IntStream.range(0, options.nodes()).forEach(simulator::startNode);
            return simulator;
        } catch (UncheckedIOException e) {
            simulator.close();
            throw e;
        }
    }

    /** Where an OpenAI client points to, such as {@code http://127.0.0.1:8000/v1}; that of the first node. */
    public String baseUrl() {
        return baseUrl(0);
    }

    /** The base URLs of all nodes. */
    public List<String> baseUrls() {
        return IntStream.range(0, options.nodes()).mapToObj(this::baseUrl).toList();
    }

    /** The port that the first node really listens on. */
    public int port() {
        return cluster.port(0);
    }

    /** What the cluster has served, and each node. */
    public SimulatorStats stats() {
        return cluster.stats();
    }

    /** Forgets counts, prefix caches and which prompts have been seen; what is running goes on, rates stay. */
    public void reset() {
        cluster.reset();
    }

    /** The rates of now; faults that never come are missing. */
    public Map<Fault, Double> faults() {
        return cluster.faults().rates();
    }

    /**
     * Replaces all rates, from the next request on.
     *
     * @throws IllegalArgumentException with a sentence for a rate outside 0 to 1
     */
    public void faults(Map<Fault, Double> rates) {
        cluster.faults(new Faults(rates));
    }

    /** Closes a node's port and cuts its connections, as if the server had died; nodes count from 0. */
    public void stopNode(int node) {
        await(cluster.stop(node));
    }

    /**
     * Opens a node's port again, under the same number.
     *
     * @throws UncheckedIOException if that is not possible
     */
    public void startNode(int node) {
        try {
            await(cluster.start(node));
        } catch (CompletionException e) {
            throw new UncheckedIOException(cannotListen(node, e.getCause()));
        }
    }

    /** From now on everything takes so many times as long on the node as the time model says; 1 ends that. */
    public void slowNode(int node, double factor) {
        cluster.slowDown(node, factor);
    }

    /** Breaks off what is running and frees the ports and the threads; returns when that is done. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            await(vertx.close());
        }
    }

    private String baseUrl(int node) {
        String host = options.host().indexOf(':') < 0 ? options.host() : "[" + options.host() + "]";
        return "http://" + host + ":" + cluster.port(node) + "/v1";
    }

    private static VertxOptions vertxOptions() {
        return new VertxOptions()
                .setEventLoopPoolSize(THREADS)
                .setWorkerPoolSize(THREADS)
                .setInternalBlockingPoolSize(THREADS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private IOException cannotListen(int node, Throwable cause) {
        String where = "The R1 simulator cannot listen on " + options.host() + ":" + cluster.port(node) + ": ";
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
