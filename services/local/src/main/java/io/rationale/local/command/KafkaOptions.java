package io.rationale.local.command;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** What {@code --kafka} and {@code --kafka-config} come to. */
final class KafkaOptions {
    private KafkaOptions() {}

    /**
     * Plain client properties.
     *
     * @param config file of properties, or null
     * @throws UsageException when it cannot be read
     */
    static Map<String, Object> connection(String brokers, Path config) {
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
