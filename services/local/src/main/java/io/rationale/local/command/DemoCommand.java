package io.rationale.local.command;

import io.rationale.core.intake.IntakeOptions;
import io.rationale.local.node.LocalNode;
import io.rationale.local.node.NodeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code rationale demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Classifies the shipped sample notes with the embedded broker and the R1 simulator, prints the"
                + " table and serves the page until Ctrl-C. Works in a temporary directory and removes it.")
final class DemoCommand implements Callable<Integer> {
    @ParentCommand
    private RationaleCommand rationale;

    private static final List<String> SAMPLES = List.of("notes.csv", "rag-reports.jsonl");

    @Mixin
    private PortOption page;

    @Option(names = "--no-serve", description = "Ends after the table.")
    private boolean noServe;

    @Mixin
    private RedactOption redaction;

    @Override
    public Integer call() throws IOException {
        redaction.apply();
        Path directory = Files.createTempDirectory("rationale-demo");
        try {
            NodeSettings settings = new NodeSettings(
                    directory, noServe ? 0 : page.port(), 0, List.of(), Optional.empty(), Optional.empty(), true);
            List<NoteInput> inputs = SAMPLES.stream().map(DemoCommand::sample).toList();
            return LocalNode.run(
                    settings,
                    rationale.stop(),
                    new ClassifyTask(inputs, IntakeOptions.DEFAULT, Optional.empty(), !noServe, false));
        } finally {
            remove(directory);
        }
    }

    private static NoteInput sample(String name) {
        return new NoteInput(name, () -> DemoCommand.class.getResourceAsStream("/samples/" + name));
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
