package io.rationale.local.command;

import io.rationale.local.erase.Erasure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rationale erase}. */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Erases notes, named by id or by an identifier of a person that stands in them, from a data directory:"
                        + " notes, audit, exchanges, dead letters, discoveries, search index. Counts stay, and the audit stays"
                        + " verifiable. An erasure that was interrupted is finished by the same command.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:erased, or shown with --dry-run",
            "1:a fault of the program",
            "2:wrong usage, the directory is in use, or it holds no data",
            "5:nothing to erase was found, or it was not confirmed; nothing was changed"
        })
final class EraseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "Data directory that classify or serve worked in; no process may work there.")
    private Path data;

    @Option(names = "--note", paramLabel = "ID", arity = "1..*", description = "Ids of notes; may be repeated.")
    private List<String> notes = List.of();

    @Option(
            names = "--person",
            paramLabel = "TEXT",
            description =
                    "What a person is called: a name, an address, a number. Every note that has it in any of its texts"
                            + " is erased, whatever its case and spaces; may be repeated.")
    private List<String> persons = List.of();

    @Option(
            names = "--person-file",
            paramLabel = "FILE",
            description = "The same, one on each line, so that it stands in no list of processes.")
    private Path personFile;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; stands in the audit. Not the person's name.")
    private String reason;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who asks for it; stands in the audit (default: ${DEFAULT-VALUE}).")
    private String by;

    @Option(names = "--dry-run", description = "Shows what would be erased and changes nothing.")
    private boolean isDry;

    @Option(names = "--yes", description = "Does not ask.")
    private boolean isSure;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Erasure.Wish wish = new Erasure.Wish(notes, allPersons(), by, reason);
        Erasure erasure = new Erasure(data, line -> System.err.println("rationale: " + line));
        if (isDry) {
            Erasure.Found found = erasure.look(wish);
            show(found);
            return found.isNothing() ? ExitCode.NOT_IN_ORDER : ExitCode.OK;
        }
        if (!isSure && System.console() == null && !erasure.isInterrupted()) {
            throw new UsageException("Nobody can be asked here: look with --dry-run, then say --yes.");
        }
        Erasure.Outcome outcome = erasure.run(wish, this::isConfirmed);
        outcome.lines().forEach(out()::println);
        out().flush();
        return outcome.isDone() ? ExitCode.OK : ExitCode.NOT_IN_ORDER;
    }

    private List<String> allPersons() {
        List<String> all = new ArrayList<>(persons);
        if (personFile != null) {
            try {
                Files.readAllLines(personFile, StandardCharsets.UTF_8).stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .forEach(all::add);
            } catch (IOException e) {
                throw new UsageException("The file " + personFile + " cannot be read (" + e + ").");
            }
        }
        return all;
    }

    private boolean isConfirmed(Erasure.Found found) {
        show(found);
        if (isSure) {
            return true;
        }
        out().print("This cannot be undone. Erase? (yes/no) ");
        out().flush();
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
            String answer = in.readLine();
            return answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
        } catch (IOException e) {
            return false;
        }
    }

    private void show(Erasure.Found found) {
        found.lines().forEach(out()::println);
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
