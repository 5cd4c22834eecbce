package io.rationale.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;

/** The project's folder, where the packaged classifier lies and results go. */
public final class Home {
    /** The system property that names the folder; the current one unless given. */
    public static final String PROPERTY = "rationale.home";

    private Home() {}

    /**
     * The classifier's runnable jar.
     *
     * @throws IllegalStateException with a sentence when it is not built
     */
    public static Path classifier() {
        return service("classifier");
    }

    /** The console's runnable jar; as {@link #classifier()}. */
    public static Path console() {
        return service("console");
    }

    private static Path service(String name) {
        Path jar = folder().resolve(Path.of("services", name, "target", "quarkus-app", "quarkus-run.jar"));
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    "The " + name + " is not built: " + jar + " is missing. ./rationale builds it.");
        }
        return jar;
    }

    /** Where reports are written. */
    public static Path results() {
        return folder().resolve(Path.of("benchmarks", "target", "results"));
    }

    private static Path folder() {
        return Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath().normalize();
    }
}
