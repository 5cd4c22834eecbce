package io.rationale.testcontainers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import org.testcontainers.utility.DockerImageName;

/** The images that fit this version. */
final class Images {
    private Images() {}

    /** The image of a service; {@code RATIONALE_IMAGE_TAG} in the environment replaces this version's tag. */
    static DockerImageName of(String service) {
        String tag = Optional.ofNullable(System.getenv("RATIONALE_IMAGE_TAG"))
                .filter(text -> !text.isBlank())
                .orElseGet(Images::version);
        return DockerImageName.parse("rationale-" + service).withTag(tag);
    }

    private static String version() {
        try (InputStream in = Images.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
