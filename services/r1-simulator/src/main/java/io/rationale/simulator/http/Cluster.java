package io.rationale.simulator.http;

import io.rationale.simulator.SimulatorOptions;
import io.rationale.simulator.SimulatorStats;
import io.rationale.simulator.chat.ChatModel;
import io.rationale.simulator.chat.RequestSeeds;
import io.rationale.simulator.chat.ThoughtLength;
import io.rationale.simulator.cluster.Node;
import io.rationale.simulator.fault.Faults;
import io.rationale.simulator.profile.Dialect;
import io.rationale.simulator.reasoner.LexicalReasoner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The nodes with their ports, and what can be done to them while they run. Each node is a server of its own; model,
 * faults and seeds are the same for all. Thread-safe.
 */
public final class Cluster {
    private final SimulatorOptions options;
    private final RequestSeeds seeds;
    private final List<Node> nodes;
    private final List<NodeServer> servers;
    private volatile Faults faults;

    /** @param workers where requests are read and thought about */
    public Cluster(SimulatorOptions options, Vertx vertx, WorkerExecutor workers) {
        this.options = options;
        faults = options.faults();
        seeds = new RequestSeeds(options.seed());
        nodes = IntStream.range(0, options.nodes())
                .mapToObj(i -> new Node(options.timeModel(), options.queue(), System::nanoTime))
                .toList();
        servers = IntStream.range(0, options.nodes())
                .mapToObj(i -> new NodeServer(vertx, options.host(), options.port() == 0 ? 0 : options.port() + i))
                .toList();
        Random ids = new Random(options.seed());
        Dialect dialect = options.profile().dialect();
        ChatModel model = model(dialect);
        Admin admin = new Admin(this, vertx);
        for (int i = 0; i < options.nodes(); i++) {
            Server server = new Server(
                    vertx,
                    workers,
                    dialect,
                    model,
                    nodes.get(i),
                    servers.get(i),
                    options.speedUp(),
                    options.apiKey(),
                    Clock.systemUTC(),
                    ids::nextLong);
            servers.get(i).handler(new HttpApi(server, admin));
        }
    }

    /** Opens the node's port; completes when it is open. */
    public Future<Void> start(int node) {
        return servers.get(checked(node)).start();
    }

    /** Closes the node's port, cuts its connections and empties its cache; completes when that is done. */
    public Future<Void> stop(int node) {
        return servers.get(checked(node)).stop().onSuccess(stopped -> nodes.get(node)
                .forgetPrompts());
    }

    /**
     * From now on everything takes so many times as long on the node.
     *
     * @throws IllegalArgumentException with a sentence for a factor that is no positive number, or an unknown node
     */
    public void slowDown(int node, double factor) {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The slowdown must be a positive number, but is " + factor + ".");
        }
        nodes.get(checked(node)).slowDown(factor);
    }

    /** The port that the node listens on, or will again. */
    public int port(int node) {
        return servers.get(checked(node)).port();
    }

    public Faults faults() {
        return faults;
    }

    /** Replaces all rates. */
    public void faults(Faults newFaults) {
        faults = newFaults;
    }

    public SimulatorStats stats() {
        return SimulatorStats.of(nodes.stream().map(Node::stats).toList());
    }

    /** Forgets counts, prefix caches and which prompts have been seen; what is running goes on, rates stay. */
    public void reset() {
        nodes.forEach(Node::reset);
        seeds.reset();
    }

    private ChatModel model(Dialect dialect) {
        return new ChatModel(
                options.model(),
                options.context(),
                dialect.checksModel(),
                dialect.longPrompts(),
                new LexicalReasoner(options.seed()),
                new ThoughtLength(options.thoughtMedian()),
                seeds,
                this::faults);
    }

    private int checked(int node) {
        if (node < 0 || node >= nodes.size()) {
            throw new IllegalArgumentException(
                    "There is no node " + node + "; the nodes are 0 to " + (nodes.size() - 1) + ".");
        }
        return node;
    }
}
