package io.rationale.benchmark.stack;

import io.rationale.benchmark.Home;
import io.rationale.kafka.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The packaged console in a process of its own, configured by its environment alone. */
public final class ConsoleProcess {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final Processes processes;
    private final String name;
    private final List<String> jvmOptions;
    private final Map<String, String> environment;
    private final int port = Ports.free();
    private volatile ChildProcess process;

    private ConsoleProcess(Processes processes, String name, List<String> jvmOptions, Map<String, String> environment) {
        this.processes = processes;
        this.name = name;
        this.jvmOptions = List.copyOf(jvmOptions);
        this.environment = environment;
    }

    /**
     * Starts one and does not wait. Its state is in the run's folder, under its name.
     *
     * @param jvmOptions  beside those of the platform
     * @param topicPrefix of the deployment
     */
    public static ConsoleProcess start(
            Processes processes, String name, List<String> jvmOptions, String bootstrapServers, String topicPrefix) {
        return start(processes, name, jvmOptions, bootstrapServers, topicPrefix, Map.of());
    }

    /** The same with settings of its environment. */
    public static ConsoleProcess start(
            Processes processes,
            String name,
            List<String> jvmOptions,
            String bootstrapServers,
            String topicPrefix,
            Map<String, String> settings) {
        ConsoleProcess console = new ConsoleProcess(processes, name, jvmOptions, new HashMap<>(settings));
        console.environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        console.environment.put("RATIONALE_TOPIC_PREFIX", topicPrefix);
        console.environment.put("KAFKA_STREAMS_STATE_DIR", console.streams().toString());
        console.environment.put("RATIONALE_SEARCH_DIRECTORY", console.index().toString());
        console.environment.put("QUARKUS_HTTP_PORT", String.valueOf(console.port));
        console.restart();
        return console;
    }

    /** Starts it anew after its end, with the same settings, and does not wait. */
    public void restart() {
        List<String> arguments = new ArrayList<>(jvmOptions);
        arguments.addAll(List.of("-jar", Home.console().toString()));
        process = processes.start(name, environment, arguments);
    }

    public ChildProcess process() {
        return process;
    }

    /** Where its Streams stores are. */
    public Path streams() {
        return processes.folder().resolve(name).resolve("streams");
    }

    /** Where its index is. */
    public Path index() {
        return processes.folder().resolve(name).resolve("index");
    }

    /** The address of a path of its API. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** What it answers with status 200; nothing where it answers otherwise or not at all. */
    public Optional<byte[]> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            var response = HTTP.send(request, BodyHandlers.ofByteArray());
            return response.statusCode() == 200 ? Optional.of(response.body()) : process.stillAlive();
        } catch (IOException e) {
            return process.stillAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
