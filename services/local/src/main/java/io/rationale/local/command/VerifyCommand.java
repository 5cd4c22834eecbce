package io.rationale.local.command;

import io.rationale.console.statistics.StatisticsTopology;
import io.rationale.core.taxonomy.InvalidTaxonomyException;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.topic.Topics;
import io.rationale.local.data.DirectoryReading;
import io.rationale.local.verify.Anchor;
import io.rationale.local.verify.Findings;
import io.rationale.local.verify.Verification;
import io.rationale.local.verify.VerifyReport;
import io.rationale.local.verify.log.ClusterLogs;
import io.rationale.local.verify.log.DirectoryLogs;
import io.rationale.local.verify.log.RecordLogs;
import io.rationale.topics.NativeCompression;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rationale verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Checks the audit against its chain of hashes, its exchanges, its notes and the published"
                + " statistics, and names the first thing that does not hold. Changes nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything holds that could be checked",
            "1:a fault of the program, or the brokers do not answer",
            "2:wrong usage, or nothing to verify there",
            "5:something does not hold"
        })
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Data directory that classify or serve worked in, or a copy of one; its files are read without"
                            + " a broker.")
    private Path data;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--statistics-group",
            paramLabel = "GROUP",
            description = "Application id of the consoles' statistics, for --kafka (default: the prefix and "
                    + StatisticsTopology.APPLICATION_SUFFIX + ").")
    private String statisticsGroup;

    @Option(
            names = "--taxonomy",
            paramLabel = "FILE",
            description = "Taxonomy that notes were judged under and that is not in the topic; may be repeated.")
    private List<Path> taxonomies = List.of();

    @Option(
            names = "--anchor",
            description = "Prints the heads of the chains, to be kept elsewhere; the report goes to standard error.")
    private boolean anchor;

    @Option(
            names = "--expect",
            paramLabel = "FILE",
            description = "What --anchor printed once: the chains must still have these links.")
    private Path expect;

    @Option(
            names = "--allow-expired",
            description = "Events may be missing at the beginning, because the topic keeps them for a time only.")
    private boolean mayExpire;

    @Option(names = "--json", description = "Prints one object of JSON in place of the table.")
    private boolean json;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if ((data == null) == (kafka.brokers() == null)) {
            throw new UsageException("Name what to verify: a directory with --data, or brokers with --kafka.");
        }
        NativeCompression.load();
        return data == null ? cluster() : directory();
    }

    private int directory() throws IOException, InterruptedException {
        Findings findings = new Findings();
        try (DirectoryReading reading = DirectoryReading.of(data);
                RecordLogs logs = new DirectoryLogs(reading.kafka(), findings)) {
            List<Taxonomy> known = known(reading.hasTaxonomy() ? List.of(reading.taxonomy()) : List.of());
            return verify(logs, settings(Topics.DEFAULT, known, false), findings, data.toString());
        }
    }

    private int cluster() throws IOException, InterruptedException {
        Findings findings = new Findings();
        try (RecordLogs logs = new ClusterLogs(kafka.connection())) {
            return verify(logs, settings(kafka.topics(), known(List.of()), true), findings, kafka.brokers());
        } catch (KafkaException e) {
            System.err.println(
                    "rationale: The brokers at " + kafka.brokers() + " could not be read: " + e.getMessage());
            return ExitCode.FAILURE;
        }
    }

    private Verification.Settings settings(Topics topics, List<Taxonomy> known, boolean isLive) throws IOException {
        return new Verification.Settings(
                topics,
                statisticsGroup == null ? StatisticsTopology.applicationId(topics) : statisticsGroup,
                topics.prefix() + "sealer",
                known,
                anchors(),
                mayExpire,
                isLive);
    }

    private List<Anchor> anchors() throws IOException {
        if (expect == null) {
            return List.of();
        }
        try {
            List<Anchor> anchors = Anchor.read(Files.readAllLines(expect, StandardCharsets.UTF_8));
            if (anchors.isEmpty()) {
                throw new UsageException("The file " + expect + " holds no anchor.");
            }
            return anchors;
        } catch (IllegalArgumentException e) {
            throw new UsageException("The file " + expect + " cannot be used. " + e.getMessage());
        } catch (IOException e) {
            throw new UsageException("The file " + expect + " cannot be read (" + e + ").");
        }
    }

    /** The shipped one, and those of files. */
    private List<Taxonomy> known(List<Path> further) {
        List<Taxonomy> known = new ArrayList<>(List.of(Taxonomies.ragFailures()));
        List<Path> files = new ArrayList<>(further);
        files.addAll(taxonomies);
        for (Path file : files) {
            try {
                known.add(Taxonomies.read(file));
            } catch (InvalidTaxonomyException e) {
                throw new UsageException("The taxonomy " + file + " cannot be used. " + e.getMessage());
            } catch (IOException e) {
                throw new UsageException("The taxonomy " + file + " cannot be read (" + e + ").");
            }
        }
        return known;
    }

    private int verify(RecordLogs logs, Verification.Settings settings, Findings findings, String where)
            throws InterruptedException {
        Topics topics = settings.topics();
        if (logs.partitions(topics.audit()) == 0 && logs.partitions(topics.auditChain()) == 0) {
            throw new UsageException("There is no audit at " + where + ": no topic " + topics.audit() + ".");
        }
        Verification.Result result = new Verification(logs, settings, findings, new Lines(quiet)).run();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter report = anchor ? spec.commandLine().getErr() : out;
        if (json) {
            report.println(VerifyReport.json(result, where));
        } else {
            VerifyReport.lines(result, where).forEach(report::println);
        }
        report.flush();
        if (anchor && result.isWhole()) {
            Anchor.lines(VerifyReport.anchors(result, topics.audit())).forEach(out::println);
            out.flush();
        }
        return result.isWhole() ? ExitCode.OK : ExitCode.NOT_IN_ORDER;
    }

    /** A line every few seconds. */
    private static final class Lines implements Verification.Progress {
        private static final long EVERY_NANOS = 5_000_000_000L;

        private final boolean isQuiet;
        private long shownAt = System.nanoTime();

        Lines(boolean isQuiet) {
            this.isQuiet = isQuiet;
        }

        @Override
        public void checked(long events, long of) {
            if (!isQuiet && System.nanoTime() - shownAt >= EVERY_NANOS) {
                shownAt = System.nanoTime();
                System.err.printf(Locale.ROOT, "Verifying: %,d events of at most %,d%n", events, of);
            }
        }
    }
}
