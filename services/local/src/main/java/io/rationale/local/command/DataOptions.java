package io.rationale.local.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where everything is kept. */
final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:RATIONALE_DATA:-.rationale}",
            description =
                    "Directory that keeps notes, verdicts and progress (default: ${DEFAULT-VALUE}; the environment"
                            + " variable RATIONALE_DATA names another default).")
    private Path data;

    Path directory() {
        return data;
    }
}
