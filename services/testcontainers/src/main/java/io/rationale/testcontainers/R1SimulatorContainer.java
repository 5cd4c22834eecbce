package io.rationale.testcontainers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A cluster of R1 servers that is none: the same HTTP, answered by comparing words, with latencies and faults as real
 * ones have. Verdicts made with it name their model {@code lexical-stand-in}.
 *
 * <pre>{@code
 * var r1 = new R1SimulatorContainer().withNodes(2).withSpeedUp(50).withFault("reset", 0.1);
 * }</pre>
 */
public final class R1SimulatorContainer extends GenericContainer<R1SimulatorContainer> {
    private static final int FIRST_PORT = 8000;

    private final Http http = new Http();
    private final Map<String, String> options = new TreeMap<>();
    private final Map<String, Double> faults = new TreeMap<>();
    private int nodes = 1;

    /** Of the image that fits this version. */
    public R1SimulatorContainer() {
        this(Images.of("r1-simulator"));
    }

    /** Of another image. */
    public R1SimulatorContainer(DockerImageName image) {
        super(image);
        waitingFor(Wait.forHttp("/admin/stats").forPort(FIRST_PORT));
        withSpeedUp(100);
        withModel("lexical-stand-in");
    }

    /** So many servers. */
    public R1SimulatorContainer withNodes(int nodes) {
        if (nodes < 1) {
            throw new IllegalArgumentException("There is at least one node, not " + nodes + ".");
        }
        this.nodes = nodes;
        return this;
    }

    /** Which server each of them plays: {@code vllm}, {@code sglang}, {@code llama-server} and others. */
    public R1SimulatorContainer withProfile(String profile) {
        return withOption("profile", profile);
    }

    /** The name of the model that they serve. */
    public R1SimulatorContainer withModel(String model) {
        return withOption("model", model);
    }

    /** How many times faster than real servers they are; 100 by default. */
    public R1SimulatorContainer withSpeedUp(double factor) {
        return withOption("speed-up", String.valueOf(factor));
    }

    /** Randomness from this number. */
    public R1SimulatorContainer withSeed(long seed) {
        return withOption("seed", String.valueOf(seed));
    }

    /** The key that clients have to show. */
    public R1SimulatorContainer withApiKey(String key) {
        return withEnv("RATIONALE_SIMULATOR_API_KEY", key);
    }

    /**
     * A fault from the start on.
     *
     * @param name as docs/simulator.md lists them, such as {@code reset} or {@code missing-id}
     * @param rate share of the requests that get it, 0 to 1
     */
    public R1SimulatorContainer withFault(String name, double rate) {
        faults.put(name, rate);
        return this;
    }

    /** Any other option of {@code rationale simulate-r1}, without its hyphens. */
    public R1SimulatorContainer withOption(String name, String value) {
        options.put(name, value);
        return this;
    }

    @Override
    protected void configure() {
        List<String> command = new ArrayList<>(List.of("--nodes", String.valueOf(nodes)));
        options.forEach((name, value) -> command.addAll(List.of("--" + name, value)));
        faults.forEach((name, rate) -> command.addAll(List.of("--fault", name + "=" + rate)));
        withCommand(command.toArray(String[]::new));
        withExposedPorts(
                IntStream.range(0, nodes).mapToObj(node -> FIRST_PORT + node).toArray(Integer[]::new));
    }

    /** Base URLs as OpenAI clients take them, for programs on this machine; one a node. */
    public List<String> urls() {
        return IntStream.range(0, nodes)
                .mapToObj(node -> "http://" + getHost() + ":" + getMappedPort(FIRST_PORT + node) + "/v1")
                .toList();
    }

    /** The same for containers in its network. */
    public List<String> urlsInNetwork() {
        String alias = getNetworkAliases().get(getNetworkAliases().size() - 1);
        return IntStream.range(0, nodes)
                .mapToObj(node -> "http://" + alias + ":" + (FIRST_PORT + node) + "/v1")
                .toList();
    }

    /** Replaces the rates of all faults; an empty map ends them. */
    public void setFaults(Map<String, Double> rates) {
        ObjectNode body = Http.JSON.createObjectNode();
        rates.forEach(body::put);
        http.post(admin("faults"), body).orThrow();
    }

    /**
     * Takes a node down, its connections with it, or up again.
     *
     * @param node counted from 0; the first one answers for all, so leave it up
     */
    public void setNode(int node, boolean up) {
        http.post(admin("nodes/" + node), Http.JSON.createObjectNode().put("up", up))
                .orThrow();
    }

    /** What it counted: {@code requests}, {@code notes}, tokens, {@code faults} and more (docs/simulator.md). */
    public JsonNode stats() {
        return http.get(admin("stats")).orThrow();
    }

    private String admin(String route) {
        return "http://" + getHost() + ":" + getMappedPort(FIRST_PORT) + "/admin/" + route;
    }
}
