package io.rationale.local.command;

import io.rationale.console.report.TableFormat;
import io.rationale.console.report.TableRenderer;
import io.rationale.console.statistics.TableQuery;
import io.rationale.core.intake.IntakeOptions;
import io.rationale.core.intake.NoteFileReader;
import io.rationale.core.statistics.Window;
import io.rationale.local.imports.AwaitedNotes;
import io.rationale.local.imports.ImportSummary;
import io.rationale.local.imports.NoteImport;
import io.rationale.local.node.NodeTask;
import io.rationale.local.node.RunningNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Files in, table out.
 *
 * @param inputs   the files
 * @param intake   how to read them
 * @param out      where to write the report, if anywhere
 * @param serve    whether to serve the page until stopped
 * @param quiet    whether to show no progress
 */
record ClassifyTask(List<NoteInput> inputs, IntakeOptions intake, Optional<Path> out, boolean serve, boolean quiet)
        implements NodeTask {
    private static final Duration R1_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STATISTICS_PATIENCE = Duration.ofMinutes(10);
    private static final long TICK_MILLIS = 50;

    @Override
    public int run(RunningNode node) throws Exception {
        if (serve) {
            System.err.println("The page: http://127.0.0.1:"
                    + ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class) + "/");
        }
        if (!FirstAnswer.awaited(node)) {
            return ExitCode.R1_UNREACHABLE;
        }
        int exitCode = classify(node);
        if (serve && exitCode != ExitCode.R1_UNREACHABLE && exitCode != ExitCode.USAGE && !node.stopping()) {
            System.err.println("The page is served until Ctrl-C.");
            node.awaitStop();
        }
        return exitCode;
    }

    private int classify(RunningNode node) throws Exception {
        Complaints complaints = new Complaints("; all are in the dead letters (--out DIR).");
        try (NoteImport notes = new NoteImport(
                node.bootstrapServers(),
                node.topics(),
                node.taxonomy().ref(),
                new NoteFileReader(intake.redacting(node.redactor())),
                node.redactor(),
                complaints,
                node::stopping)) {
            ImportSummary summary;
            Optional<Integer> cutShort;
            try (ProgressDisplay progress = ProgressDisplay.of(quiet)) {
                for (NoteInput input : inputs) {
                    read(input, notes, progress);
                }
                summary = notes.finish();
                complaints.end();
                cutShort = summary.accepted() == 0
                        ? Optional.empty()
                        : awaitDecisions(node, summary, notes.awaited(), progress);
            }
            summary.takenOut().ifPresent(System.err::println);
            summary.unreadable().forEach(sentence -> System.err.println("rationale: " + sentence));
            if (cutShort.isPresent()) {
                return cutShort.get();
            }
            return summary.accepted() > 0 ? show(node, summary, notes.awaited()) : showNothing(node);
        }
    }

    private static void read(NoteInput input, NoteImport notes, ProgressDisplay progress) throws IOException {
        try (InputStream in = input.open().open()) {
            notes.read(in, input.name(), () -> progress.reading(notes.accepted()));
        }
    }

    /** Even an input without any note leaves its dead letters where they were asked for. */
    private int showNothing(RunningNode node) throws Exception {
        System.err.println("rationale: There is no note to classify.");
        if (out.isPresent()) {
            node.progress().awaitCaughtUp(STATISTICS_PATIENCE);
            node.reports().write(out.get(), TableQuery.all(Instant.now()));
        }
        return ExitCode.USAGE;
    }

    /** @return an exit code when it ends early */
    private static Optional<Integer> awaitDecisions(
            RunningNode node, ImportSummary summary, AwaitedNotes awaited, ProgressDisplay progress)
            throws InterruptedException {
        while (awaited.waiting() > 0) {
            progress.classifying(
                    awaited.decided(), summary.accepted(), node.availability().reason());
            if (node.awaitStop(TICK_MILLIS)) {
                System.err.println("Stopped with " + awaited.waiting()
                        + " notes left; the same command goes on where this one was.");
                return Optional.of(ExitCode.INTERRUPTED);
            }
            Optional<Throwable> failure = node.failure().get();
            if (failure.isPresent()) {
                System.err.println(
                        "rationale: The classifier has ended (" + failure.get().getMessage() + "). " + awaited.waiting()
                                + " notes wait; the same command goes on.");
                return Optional.of(ExitCode.FAILURE);
            }
            if (node.availability().outage().compareTo(R1_PATIENCE) > 0) {
                System.err.println("rationale: R1 cannot be reached for " + R1_PATIENCE.toSeconds() + " s: "
                        + node.availability().reason().orElse("") + ". " + awaited.waiting()
                        + " notes wait; the same command goes on.");
                return Optional.of(ExitCode.R1_UNREACHABLE);
            }
        }
        progress.classifying(awaited.decided(), summary.accepted(), Optional.empty());
        return node.stopping() ? Optional.of(ExitCode.INTERRUPTED) : Optional.empty();
    }

    private int show(RunningNode node, ImportSummary summary, AwaitedNotes awaited) throws Exception {
        node.progress().awaitCaughtUp(STATISTICS_PATIENCE);
        TableQuery query = new TableQuery(Window.ALL, summary.sources(), Instant.now());
        System.out.print(TableRenderer.render(node.tables().table(query), TableFormat.TEXT, Terminal.width()));
        System.out.flush();
        if (summary.repeated() > 0) {
            System.err.println(summary.repeated() + " entries name a note of these files again and count once.");
        }
        if (out.isPresent()) {
            node.reports().write(out.get(), query);
            System.err.println("Written to " + out.get()
                    + ": audit.jsonl, report.md, report.html, statistics.json, dead-letters.jsonl");
        }
        if (awaited.unclassifiable() > 0) {
            System.err.println(awaited.unclassifiable()
                    + " notes became unclassifiable; the dead letters say why (--out" + " DIR).");
            return ExitCode.UNCLASSIFIABLE;
        }
        return ExitCode.OK;
    }
}
