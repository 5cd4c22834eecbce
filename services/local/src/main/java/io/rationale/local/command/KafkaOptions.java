package io.rationale.local.command;

import io.rationale.core.topic.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Option;

/** The brokers of a deployment, in place of a data directory. */
final class KafkaOptions {
    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Brokers of a deployment, in place of a data directory; several with commas between.")
    private String brokers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Properties of Kafka clients for --kafka: security.protocol, sasl.jaas.config and so on.")
    private Path config;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = "rationale.",
            description = "Before every topic's name in a deployment (default: ${DEFAULT-VALUE}).")
    private String prefix;

    /** Where the brokers are, or null when none are meant. */
    String brokers() {
        return brokers;
    }

    /** The deployment's topics. */
    Topics topics() {
        return new Topics(prefix);
    }

    /** Plain client properties. @throws UsageException when the file of them cannot be read */
    Map<String, Object> connection() {
        Properties properties = new Properties();
        if (config != null) {
            try (Reader reader = Files.newBufferedReader(config)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UsageException("The file " + config + " cannot be read (" + e + ").");
            }
        }
        Map<String, Object> connection = new HashMap<>();
        properties.forEach((name, value) -> connection.put(name.toString(), value));
        connection.put("bootstrap.servers", brokers);
        return connection;
    }
}
