package io.rationale.classifier.r1;

import io.rationale.classifier.ClassifierConfig;
import io.rationale.classifier.r1.cluster.Balancer;
import io.rationale.classifier.r1.cluster.Endpoint;
import io.rationale.classifier.r1.cluster.EndpointStatus;
import io.rationale.classifier.r1.cluster.Reasons;
import io.rationale.classifier.r1.http.HttpEndpoints;
import io.rationale.classifier.r1.http.HttpReasoningModel;
import io.rationale.classifier.r1.server.ServerFacts;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelProfile;
import io.rationale.core.r1.ModelProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Looks after the endpoints: probes those that are new or down, reads the load of those that tell it, and follows the
 * list where it stands in a file.
 */
final class EndpointWatch {
    private static final Logger LOG = Logger.getLogger(EndpointWatch.class);
    private static final long LOAD_INTERVAL = TimeUnit.SECONDS.toNanos(2);
    /** What is assumed while no server has said what it is. */
    private static final ModelProfile UNTIL_KNOWN = ModelProfiles.of("deepseek-r1");

    /** Less than a prompt and an ordinary thought take. */
    private static final int SMALL_CONTEXT = 12_000;

    private static final long LIST_INTERVAL = TimeUnit.SECONDS.toNanos(2);

    private final ClassifierConfig.R1 config;
    private final HttpEndpoints http;
    private final R1Metrics metrics;
    private final NoteTraces traces;
    private final Balancer balancer;
    private final R1Availability availability;
    private final Map<String, HttpReasoningModel> models = new ConcurrentHashMap<>();
    private final Map<String, EndpointStatus.Phase> phases = new ConcurrentHashMap<>();
    private List<String> listed = List.of();
    private long lastLoad = System.nanoTime();
    private long lastList = System.nanoTime();

    EndpointWatch(
            ClassifierConfig.R1 config,
            HttpEndpoints http,
            R1Metrics metrics,
            NoteTraces traces,
            Balancer balancer,
            R1Availability availability) {
        this.config = config;
        this.http = http;
        this.metrics = metrics;
        this.traces = traces;
        this.balancer = balancer;
        this.availability = availability;
    }

    /** Does what is due. */
    void tick() {
        long now = System.nanoTime();
        if (config.endpointsFile().isPresent() && now - lastList >= LIST_INTERVAL) {
            lastList = now;
            readList();
        }
        boolean loadDue = now - lastLoad >= LOAD_INTERVAL;
        lastLoad = loadDue ? now : lastLoad;
        for (EndpointStatus status : balancer.status(now)) {
            HttpReasoningModel model = models.get(status.name());
            if (balancer.tryStartProbe(status.name(), now)) {
                Thread.ofVirtual().name("r1-probe").start(() -> probe(model));
            } else if (loadDue && status.phase() == EndpointStatus.Phase.UP) {
                Thread.ofVirtual().name("r1-load").start(() -> readLoad(model));
            }
            say(status);
        }
    }

    /** Takes over the list as it stands now; a file that cannot be read leaves it as it was. */
    void readList() {
        List<String> urls = urls();
        if (urls.equals(listed)) {
            return;
        }
        listed = urls;
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        for (int i = 0; i < urls.size(); i++) {
            String url = urls.get(i);
            int position = i + 1;
            HttpReasoningModel model =
                    models.computeIfAbsent(HttpEndpoints.name(url), name -> http.endpoint(url, position));
            endpoints.putIfAbsent(
                    model.name(),
                    new Endpoint(
                            model.name(), traces.traced(model.name(), metrics.measured(model.name(), model::call))));
        }
        // What was taken off says nothing about how the others want to be asked.
        models.keySet().retainAll(endpoints.keySet());
        balancer.setEndpoints(endpoints.values());
    }

    /** What the last probe found. */
    String found(String endpoint) {
        return Optional.ofNullable(models.get(endpoint))
                .flatMap(HttpReasoningModel::facts)
                .map(ServerFacts::sentence)
                .orElse("not asked yet what it is");
    }

    /** Of the smallest model. */
    int notesPerPrompt() {
        return facts().map(ServerFacts::modelProfile)
                .mapToInt(ModelProfile::notesPerPrompt)
                .min()
                .orElse(UNTIL_KNOWN.notesPerPrompt());
    }

    /** Of the smallest context. */
    int contextTokens() {
        return models.values().stream()
                .flatMapToInt(model -> model.contextTokens().stream())
                .min()
                .orElse(UNTIL_KNOWN.contextTokens());
    }

    private Stream<ServerFacts> facts() {
        return models.values().stream().flatMap(model -> model.facts().stream());
    }

    private void probe(HttpReasoningModel model) {
        try {
            Optional<ServerFacts> before = model.facts();
            Optional<ModelOutcome> fault = model.probe();
            if (fault.isPresent()) {
                balancer.probeFailed(model.name(), System.nanoTime(), Reasons.of(fault.get()));
            } else {
                if (!before.equals(model.facts())) {
                    LOG.infof("R1 at %s is %s", model.name(), found(model.name()));
                    warnOfSmallContext(model);
                }
                availability.answered();
                balancer.probeSucceeded(model.name(), System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            balancer.probeFailed(model.name(), System.nanoTime(), "interrupted");
        } catch (RuntimeException e) {
            LOG.errorf(e, "A fault of ours in the probe of %s", model.name());
            balancer.probeFailed(model.name(), System.nanoTime(), "a fault of the probe: " + e);
        }
    }

    private static void warnOfSmallContext(HttpReasoningModel model) {
        model.contextTokens().stream()
                .filter(tokens -> tokens < SMALL_CONTEXT)
                .forEach(tokens -> LOG.warnf(
                        "R1 at %s has a context of %d tokens for prompt, thought and answer: notes will be asked one by"
                                + " one, and thoughts be cut. Raise it at the server (vLLM --max-model-len,"
                                + " llama-server -c, Ollama OLLAMA_CONTEXT_LENGTH).",
                        model.name(), tokens));
    }

    private void readLoad(HttpReasoningModel model) {
        try {
            model.load()
                    .ifPresent(
                            load -> balancer.observed(model.name(), System.nanoTime(), load.running(), load.waiting()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each change once. */
    private void say(EndpointStatus status) {
        EndpointStatus.Phase before = phases.put(status.name(), status.phase());
        if (before == status.phase()) {
            return;
        }
        if (status.phase() == EndpointStatus.Phase.DOWN) {
            LOG.warnf(
                    "R1 at %s gets no notes until it answers a probe: %s",
                    status.name(), status.reason().orElse(""));
        } else if (before == EndpointStatus.Phase.DOWN && status.phase() == EndpointStatus.Phase.UP) {
            LOG.infof("R1 at %s answers again", status.name());
        }
    }

    private List<String> urls() {
        if (config.endpointsFile().isEmpty()) {
            return config.endpoints();
        }
        Path file = Path.of(config.endpointsFile().get());
        try (Stream<String> lines = Files.lines(file)) {
            return new ArrayList<>(lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList());
        } catch (IOException | java.io.UncheckedIOException e) {
            LOG.warnf("The list of R1 endpoints in %s cannot be read: %s", file, e.getMessage());
            return listed;
        }
    }
}
