package io.rationale.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.json.Json;
import io.rationale.local.node.LocalNode;
import io.rationale.local.node.NodeSettings;
import io.rationale.local.node.RunningNode;
import io.rationale.local.node.StopSignal;
import io.rationale.local.reclassification.PauseLetter;
import io.rationale.local.reclassification.ReclassificationClient;
import io.rationale.local.reclassification.ReclassificationText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code rationale reclassify}. */
@Command(
        name = "reclassify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Has notes judged again under another taxonomy version: says first what that takes, and begins when that is"
                    + " confirmed. Verdicts of before stay.",
            "After Ctrl-C or a kill the same command goes on, and no note is judged twice. In a data directory that no"
                    + " other process works in (--data), or at a running console (--console)."
        })
final class ReclassifyCommand implements Callable<Integer> {
    /** This command asks itself, by a port that nobody is told: tokens are meant for consoles that others come to. */
    private static final List<String> ASKED_BY_OTHERS_ONLY = List.of(
            "rationale.auth.tokens-file",
            "rationale.auth.jwt.issuer",
            "rationale.auth.jwt.audience",
            "rationale.auth.jwt.jwks");

    @ParentCommand
    private RationaleCommand rationale;

    @Option(
            names = "--taxonomy",
            paramLabel = "ID@V",
            description = "Version to judge under (default: the active one).")
    private String taxonomy;

    @Option(
            names = "--from",
            paramLabel = "ID@V",
            description =
                    "Version whose labels --category means (default: the one that the version is based on, else the"
                            + " one before).")
    private String from;

    @Option(
            names = "--category",
            paramLabel = "C",
            description = "Only notes of that label or group; ~undecided for those that R1 could not decide. May be"
                    + " repeated.")
    private List<String> categories = List.of();

    @Option(names = "--source", paramLabel = "S", description = "Only notes of that source. May be repeated.")
    private List<String> sources = List.of();

    @Option(
            names = "--window",
            paramLabel = "W",
            description = "Only notes of the last 1h, 24h, 7d or 30d (default: all).")
    private String window;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only notes from then on, such as 2026-10-01T00:00:00Z.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only notes before then.")
    private String until;

    @Option(names = "--no-undecided", description = "Without the notes that R1 could not decide.")
    private boolean noUndecided;

    @Option(names = "--again", description = "Also notes that have a verdict under the version already.")
    private boolean again;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who asks for it (default: ${sys:user.name}; at a console that asks who comes, whose token it"
                    + " is).")
    private String by;

    @Option(names = "--yes", description = "Begins without asking.")
    private boolean yes;

    @Option(names = "--estimate-only", description = "Says what it takes, and does nothing.")
    private boolean estimateOnly;

    @Option(names = "--quiet", description = "No progress, only the outcome.")
    private boolean quiet;

    @ArgGroup
    private Change change;

    @Option(
            names = "--console",
            paramLabel = "URL",
            description = "Page of a running console in place of a data directory, http://localhost:8080 for example.")
    private URI console;

    @Mixin
    private ConsoleToken token;

    @Mixin
    private DataOptions data;

    @Mixin
    private R1Options r1;

    /** What is done about those that there are. */
    static final class Change {
        @Option(names = "--list", description = "Lists them, the newest first.")
        private boolean list;

        @Option(names = "--pause", paramLabel = "ID", description = "Has no further call begun for it.")
        private String pause;

        @Option(names = "--resume", paramLabel = "ID", description = "Has it go on.")
        private String resume;

        @Option(names = "--cancel", paramLabel = "ID", description = "Leaves out what is not judged yet.")
        private String cancel;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (console != null) {
            StopSignal stop = rationale.stop();
            Optional<String> known = token.read();
            by = by == null && known.isEmpty() ? System.getProperty("user.name") : by;
            try (ReclassificationClient client = new ReclassificationClient(console, known, stop::requested)) {
                return run(client, new Elsewhere(stop));
            }
        }
        by = by == null ? System.getProperty("user.name") : by;
        ASKED_BY_OTHERS_ONLY.forEach(key -> System.setProperty(key, ""));
        NodeSettings settings = new NodeSettings(
                data.directory(), freePort(), 0, r1.endpoints(), r1.model(), Optional.empty(), judges());
        return LocalNode.run(settings, rationale.stop(), this::runHere);
    }

    /** Where it is asked: nobody else has to know. */
    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Whether R1 is needed: what only looks or stops is quick. */
    private boolean judges() {
        return change == null && !estimateOnly;
    }

    private int runHere(RunningNode node) throws InterruptedException {
        if (judges() && !FirstAnswer.awaited(node)) {
            return ExitCode.R1_UNREACHABLE;
        }
        try (ReclassificationClient client =
                new ReclassificationClient(node.page(), Optional.empty(), node::stopping)) {
            return run(client, new Here(node));
        } catch (UsageException e) {
            if (node.stopping()) {
                return ExitCode.INTERRUPTED;
            }
            System.err.println("rationale: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private int run(ReclassificationClient client, ReclassifyTask.Surroundings around) throws InterruptedException {
        if (change == null) {
            return new ReclassifyTask(selection(), by, yes, estimateOnly, quiet).run(client, around);
        }
        if (change.list) {
            List<JsonNode> all = client.all();
            all.forEach(job -> System.out.println(ReclassificationText.line(job)));
            if (all.isEmpty()) {
                System.out.println("There are none.");
            }
            return ExitCode.OK;
        }
        JsonNode changed = change.pause != null
                ? client.change(change.pause, "pause", by)
                : change.resume != null
                        ? client.change(change.resume, "resume", by)
                        : client.change(change.cancel, "cancel", by);
        System.out.println(ReclassificationText.line(changed));
        return ExitCode.OK;
    }

    private ObjectNode selection() {
        ObjectNode selection = Json.mapper().createObjectNode();
        put(selection, "taxonomy", taxonomy);
        put(selection, "from", from);
        put(selection, "window", window);
        put(selection, "since", since);
        put(selection, "until", until);
        categories.forEach(selection.putArray("category")::add);
        sources.forEach(selection.putArray("source")::add);
        selection.put("undecided", !noUndecided);
        selection.put("again", again);
        return selection;
    }

    private static void put(ObjectNode selection, String field, String value) {
        if (value != null) {
            selection.put(field, value);
        }
    }

    /** Another process, or a cluster. */
    private record Elsewhere(StopSignal stop) implements ReclassifyTask.Surroundings {
        @Override
        public boolean stopsWithin(long millis) throws InterruptedException {
            return stop.await(millis);
        }

        @Override
        public OptionalInt trouble() {
            return OptionalInt.empty();
        }

        @Override
        public boolean isHere() {
            return false;
        }

        @Override
        public String leave(String id, String by) {
            return "It goes on without this command, which shows it again when it is repeated. To stop it: --pause "
                    + id + " or --cancel " + id + ", with the same --console.";
        }
    }

    /** This process. */
    private record Here(RunningNode node) implements ReclassifyTask.Surroundings {
        private static final Duration R1_PATIENCE = Duration.ofSeconds(60);

        @Override
        public boolean stopsWithin(long millis) throws InterruptedException {
            return node.awaitStop(millis);
        }

        @Override
        public OptionalInt trouble() {
            Optional<Throwable> failure = node.failure().get();
            if (failure.isPresent()) {
                System.err.println("rationale: The classifier has ended ("
                        + failure.get().getMessage() + "); the same command goes on.");
                return OptionalInt.of(ExitCode.FAILURE);
            }
            if (node.availability().outage().compareTo(R1_PATIENCE) > 0) {
                System.err.println("rationale: R1 cannot be reached for " + R1_PATIENCE.toSeconds() + " s: "
                        + node.availability().reason().orElse("") + "; the same command goes on.");
                return OptionalInt.of(ExitCode.R1_UNREACHABLE);
            }
            return OptionalInt.empty();
        }

        @Override
        public boolean isHere() {
            return true;
        }

        /** Else it would go on with the next command that starts the services, whoever wants that. */
        @Override
        public String leave(String id, String by) {
            PauseLetter.write(node.bootstrapServers(), node.topics(), id, by);
            return "Paused; what is judged stays, and the same command goes on. To end it: rationale reclassify --cancel "
                    + id;
        }
    }
}
