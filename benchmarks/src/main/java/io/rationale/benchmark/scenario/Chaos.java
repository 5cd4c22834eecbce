package io.rationale.benchmark.scenario;

import io.rationale.benchmark.Report;
import io.rationale.benchmark.check.AuditCheck.Findings;
import io.rationale.benchmark.stack.Processes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether every note is decided once and rightly, whatever happens. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Kills, suspends and cuts off classifiers, broker and R1 while notes come, and checks that each is"
                        + " decided once and rightly. Ends with 1 when one is lost, repeated or wrong.")
public final class Chaos extends Scenario {
    private static final int SHOWN = 10;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "5",
            description = "Length of the storm (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "1",
            description = "Classifiers that share the work (default: ${DEFAULT-VALUE}).")
    private int instances;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Notes in a call (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "15",
            description = "Notes a second (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "Longest wait for the last decision after the storm (default: ${DEFAULT-VALUE}).")
    private int settle;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the troubles, the notes and R1; another each time unless given.")
    private Long seed;

    @Override
    boolean run(Processes processes, Report report) {
        long chosen = seed == null ? System.nanoTime() & 0xFFFFFF : seed;
        ChaosRun.Outcome outcome = new ChaosRun(new ChaosRun.Plan(
                        instances,
                        batch,
                        Duration.ofMillis(Math.round(minutes * 60_000)),
                        Duration.ofSeconds(settle),
                        rate,
                        chosen))
                .run(processes);
        report.add(row(outcome, chosen));
        Findings findings = outcome.findings();
        list("lost", findings.lost());
        list("repeated", findings.repeated());
        list("wrong", findings.wrong());
        return findings.good();
    }

    private SequencedMap<String, Object> row(ChaosRun.Outcome outcome, long chosen) {
        Findings findings = outcome.findings();
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("classifiers", instances);
        row.put("notes a call", batch);
        row.put("seed", chosen);
        row.put("troubles", outcome.troubles());
        row.put("sent", findings.sent());
        row.put("decided", findings.decided());
        row.put("unclassifiable", findings.unclassifiable());
        row.put("lost", findings.lost().size());
        row.put("repeated", findings.repeated().size());
        row.put("wrong", findings.wrong().size());
        row.put("R1 notes a decided note", (double) outcome.r1().notes() / findings.decided());
        row.put("R1 calls", outcome.r1().calls());
        row.put("calls with faults", outcome.r1().faults());
        row.put("calls cut off", outcome.explainedCalls());
        row.put("ended by force", outcome.forced());
        row.put("settled s", outcome.settled().toMillis() / 1e3);
        return row;
    }

    private static void list(String what, List<String> found) {
        found.stream().limit(SHOWN).forEach(each -> say("%s: %s", what, each));
        if (found.size() > SHOWN) {
            say("%s: and %d more", what, found.size() - SHOWN);
        }
    }
}
