package io.rationale.local.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where everything is kept. */
final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".rationale",
            description = "Directory that keeps notes, verdicts and progress (default: ${DEFAULT-VALUE}).")
    private Path data;

    Path directory() {
        return data;
    }
}
