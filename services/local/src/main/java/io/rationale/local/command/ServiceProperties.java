package io.rationale.local.command;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the services read, for a command that starts none: system properties, environment variables, and the files that
 * {@code quarkus.config.locations} names, in this order of strength.
 */
final class ServiceProperties {
    private static final int BELOW_THE_ENVIRONMENT = 250;
    private static final String LOCATIONS = "quarkus.config.locations";

    private final SmallRyeConfig config;

    private ServiceProperties(SmallRyeConfig config) {
        this.config = config;
    }

    static ServiceProperties read() {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDefaultInterceptors().addSystemSources();
        for (String location :
                builder.build().getOptionalValues(LOCATIONS, String.class).orElse(List.of())) {
            builder.withSources(file(location));
        }
        return new ServiceProperties(builder.build());
    }

    Optional<String> value(String key) {
        return config.getOptionalValue(key, String.class);
    }

    /** Properties of Kafka's clients: {@code kafka.*} without the prefix. */
    Map<String, Object> kafka() {
        return new HashMap<>(below("kafka."));
    }

    /** What stands below a prefix, without it. Keys of the environment have no dots. */
    Map<String, String> below(String prefix) {
        Map<String, String> found = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            String key = name.toLowerCase(Locale.ROOT).replace('_', '.');
            if (key.startsWith(prefix)) {
                value(name).ifPresent(value -> found.put(key.substring(prefix.length()), value));
            }
        }
        return found;
    }

    private static PropertiesConfigSource file(String location) {
        try {
            return new PropertiesConfigSource(Path.of(location).toUri().toURL(), BELOW_THE_ENVIRONMENT);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(
                    "The file " + location + " that " + LOCATIONS + " names cannot be read (" + e.getMessage() + ").");
        }
    }
}
