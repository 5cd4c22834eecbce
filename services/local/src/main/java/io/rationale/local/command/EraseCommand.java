package io.rationale.local.command;

import io.rationale.local.erase.ClusterErasure;
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
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rationale erase}. */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Erases notes, named by id or by an identifier of a person that stands in them, from a data directory or from a cluster:"
                        + " notes, audit, exchanges, dead letters, discoveries, search index. Counts stay, and the audit stays"
                        + " verifiable. An erasure that was interrupted is finished by the same command.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:erased, or shown with --dry-run",
            "1:a fault of the program, or the brokers do not answer",
            "2:wrong usage, the directory is in use, or it holds no data",
            "5:nothing to erase was found, or it was not confirmed; nothing was changed"
        })
final class EraseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory that classify or serve worked in; no process may work there.")
    private Path data;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description =
                    "What is to be done on each broker: --kafka records the erasure and writes the plan, --log-dir"
                            + " follows it. It holds what was looked for: delete it in the end.")
    private Path plan;

    @Option(
            names = "--log-dir",
            paramLabel = "DIR",
            description = "Log directory of a broker that is stopped, to be rewritten as --plan says.")
    private Path logDirectory;

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
        long places = Stream.of(data, kafka.brokers(), logDirectory)
                .filter(Objects::nonNull)
                .count();
        if (places != 1) {
            throw new UsageException("Name where to erase: a directory with --data, brokers with --kafka, or the log"
                    + " directory of a stopped broker with --log-dir.");
        }
        Erasure.Wish wish = new Erasure.Wish(notes, allPersons(), by, reason);
        if (data != null) {
            return directory(wish);
        }
        try {
            return cluster(wish);
        } catch (KafkaException e) {
            System.err.println("rationale: The brokers at " + kafka.brokers() + " could not be read or written: "
                    + e.getMessage());
            return ExitCode.FAILURE;
        }
    }

    private int cluster(Erasure.Wish wish) throws IOException, InterruptedException {
        ClusterErasure erasure = new ClusterErasure(kafka.topics(), EraseCommand::step);
        if (kafka.brokers() != null && isDry) {
            return shown(erasure.look(kafka.connection(), wish));
        }
        if (plan == null) {
            throw new UsageException("Name the plan with --plan: --kafka writes it, --log-dir follows it.");
        }
        if (logDirectory != null) {
            return told(erasure.rewrite(plan, logDirectory));
        }
        requireSomebody();
        return told(erasure.record(kafka.connection(), wish, plan, this::isConfirmed));
    }

    private int directory(Erasure.Wish wish) throws IOException, InterruptedException {
        Erasure erasure = new Erasure(data, EraseCommand::step);
        if (isDry) {
            return shown(erasure.look(wish));
        }
        if (!erasure.isInterrupted()) {
            requireSomebody();
        }
        return told(erasure.run(wish, this::isConfirmed));
    }

    private static void step(String what) {
        System.err.println("rationale: " + what);
    }

    private void requireSomebody() {
        if (!isSure && System.console() == null) {
            throw new UsageException("Nobody can be asked here: look with --dry-run, then say --yes.");
        }
    }

    private int shown(Erasure.Found found) {
        show(found);
        return found.isNothing() ? ExitCode.NOT_IN_ORDER : ExitCode.OK;
    }

    private int told(Erasure.Outcome outcome) {
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
