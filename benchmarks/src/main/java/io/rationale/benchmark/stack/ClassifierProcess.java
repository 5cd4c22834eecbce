package io.rationale.benchmark.stack;

import io.rationale.benchmark.Home;
import io.rationale.kafka.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged classifier in a process of its own, configured by its environment alone. */
public final class ClassifierProcess {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final Processes processes;
    private final String name;
    private final Settings settings;
    private final int port = Ports.free();
    private volatile ChildProcess process;

    private ClassifierProcess(Processes processes, String name, Settings settings) {
        this.processes = processes;
        this.name = name;
        this.settings = settings;
    }

    /**
     * How to run one.
     *
     * @param jvmOptions  beside those of the platform
     * @param environment all that it is configured by, without its HTTP port
     */
    public record Settings(List<String> jvmOptions, Map<String, String> environment) {
        public Settings {
            jvmOptions = List.copyOf(jvmOptions);
            environment = Map.copyOf(environment);
        }

        /** One for that broker and R1, with topics of its own and its defaults in all else. */
        public static Settings of(String bootstrapServers, List<String> r1, String model, String topicPrefix) {
            return new Settings(
                    List.of(),
                    Map.of(
                            "KAFKA_BOOTSTRAP_SERVERS",
                            bootstrapServers,
                            "RATIONALE_R1_ENDPOINTS",
                            String.join(",", r1),
                            "RATIONALE_R1_MODEL",
                            model,
                            "RATIONALE_TOPIC_PREFIX",
                            topicPrefix,
                            "RATIONALE_CLASSIFIER_GROUP_ID",
                            topicPrefix + "classifier",
                            "RATIONALE_CLASSIFIER_INSTANCE_ID",
                            "one"));
        }

        /** The same with one more environment variable. */
        public Settings with(String variable, Object value) {
            Map<String, String> changed = new HashMap<>(environment);
            changed.put(variable, String.valueOf(value));
            return new Settings(jvmOptions, changed);
        }

        /** The same with further options for the JVM. */
        public Settings withJvmOptions(List<String> options) {
            List<String> changed = new ArrayList<>(jvmOptions);
            changed.addAll(options);
            return new Settings(changed, environment);
        }
    }

    /** Starts one and does not wait. */
    public static ClassifierProcess start(Processes processes, String name, Settings settings) {
        ClassifierProcess classifier = new ClassifierProcess(processes, name, settings);
        classifier.restart();
        return classifier;
    }

    /** Starts it anew after its end, with the same settings, and does not wait. */
    public void restart() {
        List<String> arguments = new ArrayList<>(settings.jvmOptions());
        arguments.addAll(List.of("-jar", Home.classifier().toString()));
        process = processes.start(name, settings.with("QUARKUS_HTTP_PORT", port).environment(), arguments);
    }

    public ChildProcess process() {
        return process;
    }

    /** Waits until it is up, whatever it thinks of R1. */
    public void awaitLive() {
        Await.present(
                "the classifier is live", PATIENCE, () -> get("/q/health/live").or(process::stillAlive));
    }

    /** The sum of a metric over all its labels; nothing where it is unknown or nobody answers. */
    public Optional<Double> metric(String name, String labels) {
        return get("/q/metrics").map(page -> {
            Matcher line = Pattern.compile("(?m)^" + name + "\\{[^}]*" + labels + "[^}]*} (\\S+)$")
                    .matcher(page);
            double sum = 0;
            while (line.find()) {
                sum += Double.parseDouble(line.group(1));
            }
            return sum;
        });
    }

    private Optional<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            var response = HTTP.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
