package io.rationale.local.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is judged under. */
final class TaxonomyOption {
    @Option(
            names = "--taxonomy",
            paramLabel = "FILE",
            description = "Taxonomy as YAML or JSON; else the one that the data directory has, else the shipped one of"
                    + " RAG failures.")
    private Path taxonomy;

    Optional<Path> file() {
        return Optional.ofNullable(taxonomy);
    }
}
