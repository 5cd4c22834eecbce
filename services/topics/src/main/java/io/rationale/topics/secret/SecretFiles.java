package io.rationale.topics.secret;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.EnvConfigSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Reads a secret from a file: the environment variable {@code RATIONALE_R1_API_KEY_FILE} names the file whose text is what
 * {@code RATIONALE_R1_API_KEY} would be. So it is with every variable of this program, of Kafka and of Quarkus that ends
 * in the name of a secret. The variable itself, where it is set, too, stands above the file. White space at the end of
 * the file is no part of the secret.
 */
public final class SecretFiles implements ConfigSourceFactory {
    /** Just below the environment's own 300. */
    private static final int ORDINAL = 299;

    private static final String SUFFIX = "_FILE";
    private static final Pattern SECRET = Pattern.compile(
            "(?:RATIONALE|KAFKA|KAFKA_STREAMS|QUARKUS)_\\w*?(?:API_KEY|TOKEN|PASSWORD|SECRET|JAAS_CONFIG|WEBHOOKS_\\w+_URL)"
                    + SUFFIX);

    private final Map<String, String> environment;

    /** For the environment of this process. */
    public SecretFiles() {
        this(System.getenv());
    }

    SecretFiles(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * The secrets as if they stood in the environment.
     *
     * @throws IllegalArgumentException when a file cannot be read; the message names variable and file
     */
    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> secrets = new HashMap<>();
        environment.forEach((name, file) -> {
            if (SECRET.matcher(name).matches() && !file.isBlank()) {
                secrets.put(name.substring(0, name.length() - SUFFIX.length()), read(name, file));
            }
        });
        return secrets.isEmpty() ? List.of() : List.of(new EnvConfigSource(secrets, ORDINAL));
    }

    private static String read(String name, String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    name + " names the file " + file + ", which cannot be read ("
                            + e.getClass().getSimpleName() + "): let it name a readable text file, or leave it out",
                    e);
        }
    }
}
