package io.rationale.benchmark.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.json.Json;
import io.rationale.kafka.Ports;
import io.rationale.simulator.command.SimulatorMain;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The R1 simulator in a process of its own, looked at and steered by its admin routes. */
public final class SimulatorProcess {
    /** The name of its model. */
    public static final String MODEL = "lexical-stand-in";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern LISTENS = Pattern.compile("(?m)^R1 simulator: (\\S+)$");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ChildProcess process;
    private final List<String> baseUrls;

    private SimulatorProcess(ChildProcess process, List<String> baseUrls) {
        this.process = process;
        this.baseUrls = baseUrls;
    }

    /**
     * What it has served since its start; see the simulator's own documentation.
     *
     * @param calls   requests, whatever became of them
     * @param notes   of answers that were sent whole
     * @param running         requests that have a slot or wait for one
     * @param busySlotSeconds slots in use, integrated over time
     * @param slotSeconds     all slots, integrated over time
     * @param queuedSeconds   requests that wait for a slot, integrated over time
     * @param faults          that were given
     */
    public record Stats(
            long calls,
            long notes,
            long promptTokens,
            long cachedTokens,
            long reasoningTokens,
            long answerTokens,
            long running,
            double busySlotSeconds,
            double slotSeconds,
            double queuedSeconds,
            long faults) {
        static Stats of(JsonNode json) {
            long faults = 0;
            for (JsonNode count : json.path("faults")) {
                faults += count.longValue();
            }
            return new Stats(
                    json.path("requests").longValue(),
                    json.path("notes").longValue(),
                    json.path("promptTokens").longValue(),
                    json.path("cachedTokens").longValue(),
                    json.path("reasoningTokens").longValue(),
                    json.path("answerTokens").longValue(),
                    json.path("busy").longValue() + json.path("waiting").longValue(),
                    json.path("busySlotSeconds").doubleValue(),
                    json.path("slotSeconds").doubleValue(),
                    json.path("queuedSeconds").doubleValue(),
                    faults);
        }
    }

    /** Starts one with options of {@code simulate-r1}; ports are chosen here. */
    public static SimulatorProcess start(Processes processes, int nodes, List<String> options) {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("--port", String.valueOf(Ports.free(nodes)), "--nodes", String.valueOf(nodes)));
        ChildProcess process = processes.start("r1-simulator", SimulatorMain.class, arguments);
        String urls = process.awaitOutput(LISTENS, PATIENCE).group(1);
        return new SimulatorProcess(process, List.of(urls.split(",")));
    }

    public ChildProcess process() {
        return process;
    }

    /** Base URLs of the nodes, as OpenAI clients take them. */
    public List<String> baseUrls() {
        return baseUrls;
    }

    /** The port of a node; nodes count from 0. */
    public int port(int node) {
        return URI.create(baseUrls.get(node)).getPort();
    }

    public Stats stats() {
        return Stats.of(admin("stats", null));
    }

    /** Forgets counts, prefix caches and which prompts have come. */
    public void reset() {
        admin("reset", "{}");
    }

    /** Replaces the rates of all faults, by name. */
    public void faults(Map<String, Double> rates) {
        admin("faults", Json.line(rates));
    }

    /** Closes a node's port and connections, or opens it again. */
    public void node(int node, boolean up) {
        admin("nodes/" + node, "{\"up\":" + up + "}");
    }

    /** Any node answers for all; some may be closed. */
    private JsonNode admin(String route, String body) {
        return Await.present("the simulator answers " + route, PATIENCE, () -> baseUrls.stream()
                .map(url -> ask(URI.create(url).resolve("/admin/" + route), body))
                .flatMap(Optional::stream)
                .findFirst()
                .or(process::stillAlive));
    }

    private Optional<JsonNode> ask(URI uri, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        if (body != null) {
            request.POST(BodyPublishers.ofString(body));
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(
                        uri + " answered " + new String(response.body(), StandardCharsets.UTF_8));
            }
            return Optional.of(Json.tree(response.body()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
