package io.rationale.local.command;

import io.rationale.core.intake.InputFormat;
import io.rationale.core.intake.IntakeOptions;
import io.rationale.core.note.NoteDecoder;
import io.rationale.local.node.LocalNode;
import io.rationale.local.node.NodeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "CSV, TSV, JSON, JSONL or plain text (a note a line); - for standard input.")
    private List<String> files;

    @Option(names = "--text-column", paramLabel = "NAME", description = "Column or field that holds the note.")
    private String textColumn;

    @Option(
            names = "--id-column",
            paramLabel = "NAME",
            description = "Column or field that names the note; an empty name derives ids from the content.")
    private String idColumn;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Source of the notes; else the note's own or the" + " file's name.")
    private String source;

    @Option(
            names = "--input-format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "csv, tsv, json," + " jsonl, text, or auto (default).")
    private String inputFormat;

    @Option(
            names = "--max-text-bytes",
            paramLabel = "BYTES",
            defaultValue = "32768",
            description = "Largest text of a" + " note in UTF-8 bytes (default: ${DEFAULT-VALUE}).")
    private int maxTextBytes;

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

    @Override
    public Integer call() throws IOException {
        Map<String, NoteInput> inputs = inputs();
        if (maxTextBytes < 1) {
            throw new UsageException("--max-text-bytes must be 1 or more.");
        }
        // The classifier holds notes to the same limit as the reader of the files.
        System.setProperty("rationale.note.max-text-bytes", String.valueOf(maxTextBytes));
        IntakeOptions intake = new IntakeOptions(
                format(), textColumn, idColumn, source, NoteDecoder.DEFAULT.withMaxTextBytes(maxTextBytes));
        NodeSettings settings = new NodeSettings(
                data.directory(), serve ? page.port() : 0, 0, r1.endpoints(), r1.model(), taxonomy.file(), true);
        return LocalNode.run(
                settings,
                rationale.stop(),
                new ClassifyTask(List.copyOf(inputs.values()), intake, OutDirectory.of(out), serve, quiet));
    }

    private InputFormat format() {
        try {
            return InputFormat.of(inputFormat);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage() + ".");
        }
    }

    /** A file that is named twice is read once. */
    private Map<String, NoteInput> inputs() throws IOException {
        Map<String, NoteInput> inputs = new LinkedHashMap<>();
        for (String name : files) {
            if (name.equals("-")) {
                inputs.put(name, new NoteInput(name, () -> System.in));
                continue;
            }
            Path file = Path.of(name);
            if (!Files.exists(file)) {
                throw new UsageException("There is no file " + name + ".");
            }
            if (Files.isDirectory(file) || !Files.isReadable(file)) {
                throw new UsageException("The file " + name + " cannot be read.");
            }
            inputs.put(file.toRealPath().toString(), new NoteInput(name, () -> Files.newInputStream(file)));
        }
        return inputs;
    }
}
