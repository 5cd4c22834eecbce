package io.rationale.local.command;

import io.rationale.core.intake.IntakeOptions;
import io.rationale.local.node.LocalNode;
import io.rationale.local.node.NodeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code rationale classify}. */
@Command(
        name = "classify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Classifies the notes of files and prints the table of categories.",
            "Stopped at any time, the same command goes on where it was and repeats no finished work."
        })
final class ClassifyCommand implements Callable<Integer> {
    @ParentCommand
    private RationaleCommand rationale;

    @Mixin
    private NoteFileOptions notes;

    @Mixin
    private TaxonomyOption taxonomy;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Writes audit.jsonl, report.md, report.html," + " statistics.json and dead-letters.jsonl there.")
    private Path out;

    @Option(names = "--serve", description = "Serves the page until Ctrl-C, also after the table.")
    private boolean serve;

    @Mixin
    private PortOption page;

    @Option(names = "--quiet", description = "No progress, only the table.")
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
        IntakeOptions intake = notes.intake();
        // The classifier holds notes to the same limit as the reader of the files.
        System.setProperty("rationale.note.max-text-bytes", String.valueOf(notes.maxTextBytes()));
        NodeSettings settings = new NodeSettings(
                data.directory(), serve ? page.port() : 0, 0, r1.endpoints(), r1.model(), taxonomy.file(), true);
        return LocalNode.run(
                settings, rationale.stop(), new ClassifyTask(inputs, intake, OutDirectory.of(out), serve, quiet));
    }
}
