package io.rationale.local.command;

import io.rationale.core.discovery.DiscoverySettings;
import io.rationale.local.node.LocalNode;
import io.rationale.local.node.NodeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code rationale discover}. */
@Command(
        name = "discover",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Finds the problems that recur in the notes of files and proposes a taxonomy of them, as YAML to be edited.",
            "After a kill the same command goes on with the same run; one that is done is not repeated, unless with"
                    + " another seed."
        })
final class DiscoverCommand implements Callable<Integer> {
    private static final int MOST_NOTES = 20_000;
    private static final int MOST_CALLS = 20_000;

    @ParentCommand
    private RationaleCommand rationale;

    @Mixin
    private NoteFileOptions notes;

    @Option(
            names = "--notes",
            paramLabel = "N",
            defaultValue = "500",
            description = "Most notes that R1 reads, drawn from all (default: ${DEFAULT-VALUE}).")
    private int most;

    @Option(
            names = "--runs",
            paramLabel = "K",
            defaultValue = "3",
            description = "How often R1 reads them, each time shuffled (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--language",
            paramLabel = "L",
            defaultValue = "English",
            description = "Language of the categories' names, in English words (default: ${DEFAULT-VALUE}).")
    private String language;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of sample and shuffles (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Writes the proposed taxonomy there, which must not exist; else to standard output.")
    private Path out;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Writes report.md, report.html (with every chain of thought) and discovery.json there.")
    private Path report;

    @Option(names = "--quiet", description = "No progress, only the outcome.")
    private boolean quiet;

    @Mixin
    private DataOptions data;

    @Mixin
    private R1Options r1;

    @Mixin
    private RedactOption redaction;

    @Override
    public Integer call() throws IOException {
        redaction.apply();
        List<NoteInput> inputs = notes.inputs();
        DiscoverTask task = new DiscoverTask(
                inputs,
                notes.intake(),
                settings(),
                most,
                Stream.concat(r1.endpoints().stream(), r1.model().stream()).toList(),
                checkedOut(),
                OutDirectory.of(report, "--report"),
                quiet);
        NodeSettings settings =
                new NodeSettings(data.directory(), 0, 0, r1.endpoints(), r1.model(), Optional.empty(), true);
        return LocalNode.run(settings, rationale.stop(), task);
    }

    private DiscoverySettings settings() {
        if (most < 2 || most > MOST_NOTES) {
            throw new UsageException("--notes takes 2 to " + MOST_NOTES + ".");
        }
        try {
            return DiscoverySettings.DEFAULT
                    .withRuns(runs)
                    .withSeed(seed)
                    .withLanguage(language)
                    .withMaxCalls(Math.clamp((long) most * runs, 1_000, MOST_CALLS));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** Somebody may have edited it: a proposal is never written over. */
    private Optional<Path> checkedOut() {
        if (out == null) {
            return Optional.empty();
        }
        if (Files.exists(out)) {
            throw new UsageException("The file " + out + " exists. Name another with --out, or remove it.");
        }
        Path folder = out.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new UsageException("The folder of " + out + " cannot be written. Name another file with --out.");
        }
        return Optional.of(out);
    }
}
