package io.rationale.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.local.trial.NoteTrial;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code rationale try}. */
@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Sends a note over HTTP to a running console and waits for its verdict: the whole way through"
                + " Kafka, classifier and R1. The note stays, under the source that --source names.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the note has a verdict",
            "2:wrong usage, or the console refuses the note",
            "3:the note became unclassifiable",
            "4:no verdict came in time"
        })
final class TryCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 500;

    @ParentCommand
    private RationaleCommand parent;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--console",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            description = "Page of the console (default: ${DEFAULT-VALUE}).")
    private URI console;

    @Mixin
    private ConsoleToken token;

    @Option(names = "--text", paramLabel = "TEXT", description = "The note; else one of our own.")
    private String text = "Nothing was retrieved for the brand name of the drug, although the leaflet is in the index.";

    @Option(
            names = "--source",
            paramLabel = "NAME",
            defaultValue = "try",
            description = "Source of the note, by which it can be told from others (default: ${DEFAULT-VALUE}).")
    private String source;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "Longest wait for the verdict (default: ${DEFAULT-VALUE}).")
    private int waitSeconds;

    @Override
    public Integer call() throws InterruptedException {
        long start = System.nanoTime();
        try (NoteTrial trial = new NoteTrial(console, token.read())) {
            Optional<String> id = patiently(start, () -> trial.send(text, source));
            if (id.isEmpty()) {
                return late(
                        "The console did not take the note within " + waitSeconds + " s; last: " + trial.lastAnswer());
            }
            out().println("Note " + id.get() + " was accepted.");
            Optional<JsonNode> decision = patiently(start, () -> trial.decision(id.get()));
            if (decision.isEmpty()) {
                return late("The note " + id.get() + " was accepted and has no verdict after " + waitSeconds
                        + " s: see whether a classifier is ready (/q/health/ready says why not); last: "
                        + trial.lastAnswer());
            }
            return tell(decision.get(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
    }

    /** A step that is done or not yet. */
    private interface Step<T> {
        Optional<T> run() throws InterruptedException;
    }

    private <T> Optional<T> patiently(long start, Step<T> step) throws InterruptedException {
        while (true) {
            Optional<T> done = step.run();
            boolean isLate = System.nanoTime() - start > TimeUnit.SECONDS.toNanos(waitSeconds);
            if (done.isPresent() || isLate || parent.stop().await(PAUSE_MILLIS)) {
                return done;
            }
        }
    }

    private int tell(JsonNode event, long millis) {
        String after = String.format(Locale.ROOT, " after %.1f s", millis / 1000.0);
        boolean isDecided = !"unclassifiable".equals(event.path("type").asText());
        if (isDecided) {
            out().println("Verdict" + after + ": "
                    + harmless(event.at("/verdict/category")) + " ("
                    + harmless(event.at("/verdict/rationale")) + ") by "
                    + harmless(event.at("/verdict/provenance/model")) + ".");
        } else {
            out().println("Unclassifiable" + after + ": " + harmless(event.path("reason")) + ".");
        }
        out().flush();
        return isDecided ? ExitCode.OK : ExitCode.UNCLASSIFIABLE;
    }

    /** What a model wrote gets to no terminal as it is. */
    private static String harmless(JsonNode text) {
        return text.asText().replaceAll("\\p{C}", "\uFFFD");
    }

    private int late(String sentence) {
        spec.commandLine().getErr().println("rationale: " + sentence);
        return ExitCode.R1_UNREACHABLE;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
