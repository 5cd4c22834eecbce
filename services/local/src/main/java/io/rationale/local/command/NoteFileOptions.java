package io.rationale.local.command;

import io.rationale.core.intake.InputFormat;
import io.rationale.core.intake.IntakeOptions;
import io.rationale.core.note.NoteDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Files of notes, and how they are read. */
final class NoteFileOptions {
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

    int maxTextBytes() {
        return maxTextBytes;
    }

    /** How to read them, checked. */
    IntakeOptions intake() {
        if (maxTextBytes < 1) {
            throw new UsageException("--max-text-bytes must be 1 or more.");
        }
        return new IntakeOptions(
                format(), textColumn, idColumn, source, NoteDecoder.DEFAULT.withMaxTextBytes(maxTextBytes));
    }

    /** The files, checked. One that is named twice is read once. */
    List<NoteInput> inputs() throws IOException {
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
        return List.copyOf(inputs.values());
    }

    private InputFormat format() {
        try {
            return InputFormat.of(inputFormat);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage() + ".");
        }
    }
}
