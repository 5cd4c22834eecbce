package io.rationale.classifier.r1.simulation;

import io.rationale.classifier.r1.cluster.Balancer;
import io.rationale.classifier.r1.cluster.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Servers, clients and their probers in one run of a scenario; the same seed gives the same run. */
final class World {
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(250);
    private static final Duration PROBE_ANSWER = Duration.ofSeconds(2);
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(10);
    private static final Duration METRICS_INTERVAL = Duration.ofSeconds(5);
    private static final Duration DRAIN_STEP = Duration.ofMinutes(10);
    private static final int DRAIN_STEPS = 600;
    private static final int SAMPLES = 72;

    private final Scenario scenario;
    private final Timeline timeline = new Timeline();
    private final Map<String, ModelServer> servers = new LinkedHashMap<>();
    private final List<Client> clients = new ArrayList<>();
    private final Map<String, List<Integer>> limits = new LinkedHashMap<>();

    World(Scenario scenario, Policy policy, long seed) {
        this.scenario = scenario;
        scenario.nodes().forEach(this::createServer);
        for (int i = 0; i < scenario.clients(); i++) {
            Gate gate = policy.gate(endpoints(), new Random(seed + 100 + i));
            clients.add(new Client(
                    timeline, servers, gate, scenario.workload(), scenario.streamed(), new Random(seed + i)));
        }
    }

    /** Runs it, then lets everything that was taken in be answered. */
    Result run() {
        scenario.script().accept(this);
        clients.forEach(this::start);
        timeline.every(scenario.length().dividedBy(SAMPLES), this::sample);
        timeline.runUntil(scenario.length());
        servers.values().forEach(ModelServer::account);
        Map<String, Double> tokens = tokens();
        long answered = clients.stream().mapToLong(Client::answered).sum();
        drain();
        return Result.of(scenario, servers.values(), clients, limits, tokens, answered);
    }

    /** Something happens at that time. */
    void at(Duration time, Runnable what) {
        timeline.after(time, what);
    }

    ModelServer server(String name) {
        return servers.get(name);
    }

    /** From now on the shares of the work are counted. */
    void countWorkFromHere() {
        clients.forEach(client -> client.tokensByServer().clear());
    }

    /** So many batches come at once. */
    void burst(int batches) {
        clients.forEach(client -> client.burst(batches));
    }

    void add(String name, ModelServer.Profile profile) {
        createServer(name, profile);
        listEndpoints(endpoints());
    }

    /** The server goes on; the clients are told not to use it any more. */
    void remove(String name) {
        server(name).retire();
        listEndpoints(endpoints().stream()
                .filter(endpoint -> !endpoint.name().equals(name))
                .toList());
    }

    private void listEndpoints(Collection<Endpoint> endpoints) {
        balancers().forEach(balancer -> balancer.setEndpoints(endpoints));
    }

    private void createServer(String name, ModelServer.Profile profile) {
        servers.put(name, new ModelServer(timeline, name, profile, () -> clients.stream()
                .anyMatch(Client::workWaits)));
        int missed = limits.values().stream().mapToInt(List::size).max().orElse(0);
        limits.put(name, new ArrayList<>(Collections.nCopies(missed, 0)));
    }

    private List<Endpoint> endpoints() {
        return servers.keySet().stream()
                .map(name -> new Endpoint(name, (request, firstPayload) -> {
                    throw new UnsupportedOperationException("simulated");
                }))
                .toList();
    }

    private Stream<Balancer> balancers() {
        return clients.stream().flatMap(client -> client.gate().balancer().stream());
    }

    private void start(Client client) {
        client.start();
        client.gate().balancer().ifPresent(balancer -> {
            timeline.every(PROBE_INTERVAL, () -> probe(client, balancer));
            if (scenario.metrics()) {
                timeline.every(METRICS_INTERVAL, () -> observe(client, balancer));
            }
        });
    }

    private void probe(Client client, Balancer balancer) {
        for (ModelServer server : servers.values()) {
            if (balancer.tryStartProbe(server.name(), timeline.now())) {
                Duration takes = server.up() ? PROBE_ANSWER : server.dead() ? PROBE_INTERVAL : PROBE_PATIENCE;
                timeline.after(takes, () -> probed(client, balancer, server));
            }
        }
    }

    private void probed(Client client, Balancer balancer, ModelServer server) {
        if (server.up()) {
            balancer.probeSucceeded(server.name(), timeline.now());
        } else {
            balancer.probeFailed(server.name(), timeline.now(), "no answer");
        }
        client.dispatch();
    }

    private void observe(Client client, Balancer balancer) {
        servers.values().stream()
                .filter(ModelServer::up)
                .forEach(server -> balancer.observed(server.name(), timeline.now(), server.running(), server.queued()));
        client.dispatch();
    }

    private void sample() {
        limits.forEach((name, samples) -> {
            if (samples.size() < SAMPLES) {
                samples.add(clients.getFirst().gate().limit(name, timeline.now()));
            }
        });
    }

    private Map<String, Double> tokens() {
        Map<String, Double> tokens = new LinkedHashMap<>();
        servers.keySet().forEach(name -> tokens.put(name, 0.0));
        clients.forEach(
                client -> client.tokensByServer().forEach((name, count) -> tokens.merge(name, count, Double::sum)));
        return tokens;
    }

    private void drain() {
        clients.forEach(Client::close);
        for (int i = 0;
                i < DRAIN_STEPS && clients.stream().anyMatch(client -> client.answered() < client.taken());
                i++) {
            timeline.runUntil(Duration.ofNanos(timeline.now()).plus(DRAIN_STEP));
        }
    }
}
