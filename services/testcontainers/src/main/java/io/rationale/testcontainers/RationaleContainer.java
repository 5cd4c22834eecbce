package io.rationale.testcontainers;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.command.InspectContainerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * All of Rationale in one container: Kafka, classifier, console, and an R1 simulator where no R1 is named.
 *
 * <pre>{@code
 * try (var rationale = new RationaleContainer()) {
 *     rationale.start();
 *     String id = rationale.send("It answers about another drug.");
 *     Verdict verdict = rationale.awaitVerdict(id, Duration.ofMinutes(1));
 * }
 * }</pre>
 */
public final class RationaleContainer extends GenericContainer<RationaleContainer> {
    private static final int HTTP_PORT = 8080;
    private static final int KAFKA_PORT = 9092;
    private static final int NETWORK_KAFKA_PORT = 19092;
    private static final String START = "/tmp/start-rationale";
    private static final String TAXONOMY = "/tmp/taxonomy";
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Http http = new Http();
    private final List<String> arguments = new ArrayList<>();
    private R1SimulatorContainer simulator;

    /** Of the image that fits this version. */
    public RationaleContainer() {
        this(Images.of("local"));
    }

    /** Of another image. */
    public RationaleContainer(DockerImageName image) {
        super(image);
        withExposedPorts(HTTP_PORT, KAFKA_PORT);
        // A test's own, which asks nobody who comes.
        withConfiguration("rationale.auth.anonymous", "allowed");
        // Where Kafka's clients are told to go is known once the container has its ports.
        withCreateContainerCmdModifier(command -> command.withEntrypoint("sh"));
        withCommand("-c", "while [ ! -f " + START + " ]; do sleep 0.05; done; exec sh " + START);
        waitingFor(Wait.forHttp("/q/health/ready").forPort(HTTP_PORT).withStartupTimeout(Duration.ofMinutes(3)));
    }

    /** Base URLs of R1 servers, as the container reaches them, in place of the simulator inside. */
    public RationaleContainer withR1(String... urls) {
        arguments.addAll(List.of("--r1", String.join(",", urls)));
        return this;
    }

    /** A simulator in the same network in place of the one inside, so that its faults can be steered. */
    public RationaleContainer withR1(R1SimulatorContainer r1) {
        simulator = r1;
        return dependsOn(r1);
    }

    /** The key that R1 asks for. */
    public RationaleContainer withR1ApiKey(String key) {
        return withEnv("RATIONALE_R1_API_KEY", key);
    }

    /** The model to ask for, where R1 serves several. */
    public RationaleContainer withModel(String model) {
        arguments.addAll(List.of("--model", model));
        return this;
    }

    /** Categories of your own, as YAML or JSON (docs/taxonomy.md), in place of the shipped ones. */
    public RationaleContainer withTaxonomy(Transferable taxonomy) {
        arguments.addAll(List.of("--taxonomy", TAXONOMY));
        return withCopyToContainer(taxonomy, TAXONOMY);
    }

    /** Any key of docs/configuration.md, such as {@code rationale.votes.max}. */
    public RationaleContainer withConfiguration(String key, String value) {
        return withEnv(key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT), value);
    }

    @Override
    protected void containerIsStarting(InspectContainerResponse info) {
        List<String> listeners = new ArrayList<>();
        listeners.add("0.0.0.0:" + KAFKA_PORT + "=" + getHost() + ":" + getMappedPort(KAFKA_PORT));
        if (getNetwork() != null) {
            listeners.add("0.0.0.0:" + NETWORK_KAFKA_PORT + "=" + bootstrapServersInNetwork());
        }
        List<String> command = new ArrayList<>(List.of("serve", "--kafka-listener", String.join(",", listeners)));
        command.addAll(arguments);
        if (simulator != null) {
            command.addAll(List.of("--r1", String.join(",", simulator.urlsInNetwork())));
        }
        String line = command.stream().map(RationaleContainer::quoted).collect(Collectors.joining(" "));
        copyFileToContainer(Transferable.of("exec sh /opt/rationale/run " + line + "\n"), START);
    }

    /** Of page and API, for programs on this machine. */
    public String url() {
        return "http://" + getHost() + ":" + getMappedPort(HTTP_PORT);
    }

    /** For Kafka clients on this machine. */
    public String bootstrapServers() {
        return getHost() + ":" + getMappedPort(KAFKA_PORT);
    }

    /** For Kafka clients in its network. */
    public String bootstrapServersInNetwork() {
        return getNetworkAliases().get(getNetworkAliases().size() - 1) + ":" + NETWORK_KAFKA_PORT;
    }

    /** The topic that applications write notes to. */
    public String notesTopic() {
        return "rationale.notes";
    }

    /** Sends a note. @return its id */
    public String send(String text) {
        return send(Http.JSON.createObjectNode().put("text", text));
    }

    /**
     * Sends a note with all that is known about it.
     *
     * @param note {@code note.v1} of Rationale's schemas: {@code text}, {@code source}, {@code question} and more
     * @return its id
     */
    public String send(JsonNode note) {
        return http.post(url() + "/api/v1/notes", note)
                .orThrow()
                .path("notes")
                .path(0)
                .path("id")
                .asText();
    }

    /** What was decided about a note so far. */
    public Optional<Verdict> verdict(String noteId) {
        Http.Answer answer = http.get(url() + "/api/v1/notes/" + noteId);
        return answer.status() == 200 ? Optional.of(Verdict.of(answer.body().path("event"))) : Optional.empty();
    }

    /**
     * Waits until a note is decided.
     *
     * @throws IllegalStateException when it is not decided in time
     */
    public Verdict awaitVerdict(String noteId, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<Verdict> verdict = verdict(noteId);
            if (verdict.isPresent()) {
                return verdict.get();
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Note " + noteId + " was not decided within " + atMost + ".");
            }
            pause();
        }
    }

    /** How many notes each category has, over all time. A verdict counts a moment after it can be read. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        http.get(url() + "/api/v1/statistics?window=all")
                .orThrow()
                .path("rows")
                .forEach(row -> counts.put(
                        row.path("category").asText(), row.path("count").asLong()));
        return counts;
    }

    private static String quoted(String argument) {
        return "'" + argument.replace("'", "'\\''") + "'";
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a verdict", e);
        }
    }
}
