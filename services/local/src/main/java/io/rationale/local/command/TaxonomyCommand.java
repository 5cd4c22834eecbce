package io.rationale.local.command;

import io.rationale.core.prompt.PromptRoom;
import io.rationale.core.taxonomy.InvalidTaxonomyException;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyDiff;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.local.taxonomies.ConsoleStore;
import io.rationale.local.taxonomies.DirectoryStore;
import io.rationale.local.taxonomies.TaxonomyStore;
import io.rationale.local.taxonomies.TaxonomyText;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code rationale taxonomy}. */
@Command(
        name = "taxonomy",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = HelpCommand.class,
        description =
                "Looks at versions of taxonomies and changes which one notes are judged under. A version is a YAML"
                        + " or JSON file, or id@version in a data directory (--data) or at a running console (--console).")
final class TaxonomyCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Where versions are looked for by their names. */
    static final class StoreOptions {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = ".rationale",
                description = "Data directory that no other process works in (default: ${DEFAULT-VALUE}).")
        private Path data;

        @Option(
                names = "--console",
                paramLabel = "URL",
                description = "Page of a running console in place of a data directory, http://localhost:8080 for"
                        + " example.")
        private URI console;

        @Mixin
        private ConsoleToken token;

        @Mixin
        private RoomOption room;

        /** Who decides: as it was said, else whose token it is, else the user of this machine. */
        String by(String given) {
            return given != null ? given : isNamedByToken() ? null : System.getProperty("user.name");
        }

        private boolean isNamedByToken() {
            return console != null && token.read().isPresent();
        }

        TaxonomyStore open() {
            return console == null
                    ? DirectoryStore.open(data, room.room(), InstantSource.system())
                    : new ConsoleStore(console, token.read());
        }
    }

    /** How much fits into a prompt. */
    static final class RoomOption {
        private static final int LEAST = 1_024;

        @Option(
                names = "--context-tokens",
                paramLabel = "N",
                defaultValue = "131072",
                description = "Tokens of R1's context, of which the categories may take three eighths (default:"
                        + " ${DEFAULT-VALUE}).")
        private int contextTokens;

        PromptRoom room() {
            if (contextTokens < LEAST) {
                throw new UsageException("--context-tokens is " + LEAST + " or more, not " + contextTokens + ".");
            }
            return PromptRoom.ofContext(contextTokens);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Name what to do: list, show, diff, validate, activate, export or import.");
    }

    @Command(name = "list", description = "Lists the versions, the active one first.")
    int list(@Mixin StoreOptions where) throws IOException, InterruptedException {
        try (TaxonomyStore store = where.open()) {
            return print(TaxonomyText.list(store.all()));
        }
    }

    @Command(name = "show", description = "Prints a version's tree with names and definitions.")
    int show(
            @Mixin StoreOptions where,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "VERSION",
                            description = "File or id@version; the active one unless given.")
                    String version)
            throws IOException, InterruptedException {
        return print(TaxonomyText.show(version == null ? active(where) : named(version, where)));
    }

    @Command(
            name = "diff",
            description =
                    "Prints what differs between two versions: merged, split, renamed, moved, redefined, added and"
                            + " removed categories.")
    int diff(
            @Mixin StoreOptions where,
            @Parameters(
                            arity = "1..2",
                            paramLabel = "VERSION",
                            description =
                                    "The old and the new one, each a file or id@version; of one alone, what differs"
                                            + " from the active one.")
                    List<String> versions)
            throws IOException, InterruptedException {
        Taxonomy old = versions.size() == 1 ? active(where) : named(versions.getFirst(), where);
        Taxonomy now = named(versions.getLast(), where);
        TaxonomyDiff diff = TaxonomyDiff.between(old, now);
        return print(
                diff.isEmpty() ? List.of(old.ref() + " and " + now.ref() + " say the same.") : TaxonomyText.diff(diff));
    }

    @Command(
            name = "validate",
            description = "Says of each file what stands against its use, a sentence for each fault. Ends with 2 when"
                    + " there is any.")
    int validate(
            @Mixin RoomOption room,
            @Parameters(arity = "1..*", paramLabel = "FILE", description = "Taxonomies as YAML or JSON.")
                    List<Path> files) {
        int exitCode = ExitCode.OK;
        for (Path file : files) {
            List<String> faults = faults(file, room.room());
            faults.forEach(fault -> spec.commandLine().getErr().println(file + ": " + fault));
            exitCode = faults.isEmpty() ? exitCode : ExitCode.USAGE;
        }
        return exitCode;
    }

    private List<String> faults(Path file, PromptRoom room) {
        try {
            Taxonomy taxonomy = Taxonomies.read(file);
            List<String> faults = room.faults(taxonomy);
            if (faults.isEmpty()) {
                print(List.of(String.format(
                        Locale.ROOT,
                        "%s: %s can be used: %d labels, about %,d tokens of a prompt that has room for %,d.",
                        file,
                        taxonomy.ref(),
                        taxonomy.leaves().size(),
                        room.needed(taxonomy),
                        room.tokens())));
            }
            return faults;
        } catch (InvalidTaxonomyException e) {
            return e.faults();
        } catch (IOException e) {
            return List.of("The file cannot be read (" + e + ").");
        }
    }

    @Command(
            name = "activate",
            description =
                    "Has notes judged under that version from now on; running classifiers follow without a restart."
                            + " A file is imported first.")
    int activate(
            @Mixin StoreOptions where,
            @Option(
                            names = "--by",
                            paramLabel = "NAME",
                            description = "Who decides it (default: ${sys:user.name}; at a console that asks who"
                                    + " comes, whose token it is).")
                    String by,
            @Parameters(paramLabel = "VERSION", description = "File or id@version.") String version)
            throws IOException, InterruptedException {
        Optional<TaxonomyRef> ref = ref(version);
        Taxonomy draft = ref.isPresent() ? null : file(version);
        try (TaxonomyStore store = where.open()) {
            TaxonomyRef chosen =
                    ref.isPresent() ? ref.get() : store.propose(draft).ref();
            Taxonomy active = store.activate(chosen, where.by(by));
            return print(List.of("Notes are judged under " + active.ref() + " from now on."));
        }
    }

    @Command(name = "export", description = "Writes a version as YAML that people can edit.")
    int export(
            @Mixin StoreOptions where,
            @Option(names = "--out", paramLabel = "FILE", description = "Where to write it; else standard output.")
                    Path out,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "VERSION",
                            description = "File or id@version; the active one unless given.")
                    String version)
            throws IOException, InterruptedException {
        String yaml = Taxonomies.write(version == null ? active(where) : named(version, where));
        if (out == null) {
            out().print(yaml);
            out().flush();
        } else {
            try {
                Files.writeString(out, yaml);
            } catch (IOException e) {
                throw new UsageException("The file " + out + " cannot be written (" + e + ").");
            }
        }
        return ExitCode.OK;
    }

    @Command(
            name = "import",
            description =
                    "Puts files into the data directory or the console as proposals, under which nothing is judged"
                            + " before they are activated.")
    int imports(
            @Mixin StoreOptions where,
            @Parameters(arity = "1..*", paramLabel = "FILE", description = "Taxonomies as YAML or JSON.")
                    List<String> files)
            throws IOException, InterruptedException {
        List<Taxonomy> drafts = files.stream().map(TaxonomyCommand::file).toList();
        try (TaxonomyStore store = where.open()) {
            for (Taxonomy draft : drafts) {
                Taxonomy there = store.propose(draft);
                print(List.of(there.ref() + " is there, " + there.status().code() + "."));
            }
        }
        return ExitCode.OK;
    }

    private static Taxonomy active(StoreOptions where) throws IOException, InterruptedException {
        try (TaxonomyStore store = where.open()) {
            return store.all().stream()
                    .filter(each -> each.status() == Taxonomy.Status.ACTIVE)
                    .findFirst()
                    .orElseThrow(() -> new UsageException("No version is active there."));
        }
    }

    private static Taxonomy named(String version, StoreOptions where) throws IOException, InterruptedException {
        Optional<TaxonomyRef> ref = ref(version);
        if (ref.isEmpty()) {
            return file(version);
        }
        try (TaxonomyStore store = where.open()) {
            List<Taxonomy> all = store.all();
            return all.stream()
                    .filter(each -> each.ref().equals(ref.get()))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("There is no version " + version + "; there are: "
                            + String.join(
                                    ", ",
                                    all.stream()
                                            .map(each -> each.ref().toString())
                                            .toList())
                            + "."));
        }
    }

    /** A name, unless there is a file of that name. */
    private static Optional<TaxonomyRef> ref(String version) {
        int at = version.lastIndexOf('@');
        boolean isName =
                at > 0 && version.substring(at + 1).matches("[1-9]\\d{0,8}") && !Files.exists(Path.of(version));
        return isName
                ? Optional.of(new TaxonomyRef(version.substring(0, at), Integer.parseInt(version.substring(at + 1))))
                : Optional.empty();
    }

    private static Taxonomy file(String name) {
        try {
            return Taxonomies.read(Path.of(name));
        } catch (InvalidTaxonomyException e) {
            throw new UsageException("The taxonomy " + name + " cannot be used. " + e.getMessage());
        } catch (IOException e) {
            throw new UsageException("The taxonomy " + name + " cannot be read (" + e
                    + "). Versions are named as id@version or by their files.");
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private int print(List<String> lines) {
        lines.forEach(out()::println);
        out().flush();
        return ExitCode.OK;
    }
}
