package io.rationale.local.command;

import io.rationale.console.report.TableFormat;
import io.rationale.console.report.TableRenderer;
import io.rationale.console.statistics.TableQuery;
import io.rationale.core.statistics.Window;
import io.rationale.local.data.DataDirectory;
import io.rationale.local.node.LocalNode;
import io.rationale.local.node.NodeSettings;
import io.rationale.local.node.RunningNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code rationale report}. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints the table again from what the data directory holds, without any call to R1.")
final class ReportCommand implements Callable<Integer> {
    @ParentCommand
    private RationaleCommand rationale;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Map<String, TableFormat> FORMATS = Map.of(
            "text", TableFormat.TEXT,
            "md", TableFormat.MARKDOWN,
            "html", TableFormat.HTML,
            "csv", TableFormat.CSV,
            "json", TableFormat.JSON);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "Directory that classify or serve worked in.")
    private Path data;

    @Option(
            names = "--window",
            paramLabel = "WINDOW",
            defaultValue = "all",
            description = "all, 1h, 24h, 7d or 30d, by the"
                    + " time at which notes were observed (default: ${DEFAULT-VALUE}).")
    private String window;

    @Option(names = "--source", paramLabel = "NAME", description = "Only notes of this source; may be repeated.")
    private List<String> sources = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, md, html, csv or json" + " (default: ${DEFAULT-VALUE}).")
    private String format;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Writes audit.jsonl, report.md, report.html,"
                    + " statistics.json and dead-letters.jsonl there, too.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        Window asked = Window.of(window)
                .orElseThrow(
                        () -> new UsageException("--window is one of all, 1h, 24h, 7d, 30d, not '" + window + "'."));
        TableFormat tableFormat = FORMATS.get(format);
        if (tableFormat == null) {
            throw new UsageException("--format is one of text, md, html, csv, json, not '" + format + "'.");
        }
        if (!DataDirectory.exists(data)) {
            throw new UsageException("There is no data in " + data + ": name the directory that classify or serve"
                    + " worked in with --data.");
        }
        Optional<Path> directory = OutDirectory.of(out);
        NodeSettings settings = new NodeSettings(data, 0, 0, List.of(), Optional.empty(), Optional.empty(), false);
        return LocalNode.run(settings, rationale.stop(), node -> report(node, asked, tableFormat, directory));
    }

    private int report(RunningNode node, Window asked, TableFormat tableFormat, Optional<Path> directory)
            throws Exception {
        node.progress().awaitCaughtUp(PATIENCE);
        TableQuery query = new TableQuery(asked, Set.copyOf(sources), Instant.now());
        System.out.print(TableRenderer.render(node.tables().table(query), tableFormat, Terminal.width()));
        if (directory.isPresent()) {
            node.reports().write(directory.get(), query);
        }
        return ExitCode.OK;
    }
}
