package io.rationale.benchmark.scenario;

import io.rationale.benchmark.Home;
import io.rationale.benchmark.Report;
import io.rationale.benchmark.stack.Processes;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all scenarios do alike: processes that surely end, progress on standard error, table and JSON. */
abstract class Scenario implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--keep", description = "Leaves the run's folder with what all processes wrote, and names it.")
    private boolean keep;

    @Option(
            names = "--java-opts",
            paramLabel = "OPTIONS",
            defaultValue = "",
            description = "Further options of the JVMs that are measured, separated by spaces.")
    private String javaOpts;

    /** Runs it and prints what it found; 0, or 1 where that is a fault. */
    @Override
    public final Integer call() {
        Report report = new Report(spec.name(), options());
        try (Processes processes = Processes.create(keep)) {
            boolean good = run(processes, report);
            report.print(System.out);
            System.err.println("Written: " + report.write(Home.results()));
            return good ? 0 : 1;
        }
    }

    /**
     * Fills the report.
     *
     * @return whether all is as it must be
     */
    abstract boolean run(Processes processes, Report report);

    /** Options of the JVMs that are measured. */
    final List<String> jvmOptions() {
        return javaOpts.isBlank() ? List.of() : List.of(javaOpts.trim().split("\\s+"));
    }

    /** A line of progress, with the time. */
    static void say(String format, Object... arguments) {
        System.err.println(LocalTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + String.format(format, arguments));
    }

    private Map<String, Object> options() {
        Map<String, Object> options = new TreeMap<>();
        for (OptionSpec option : spec.options()) {
            if (!option.usageHelp() && !option.versionHelp() && option.getValue() != null) {
                options.put(option.longestName().substring(2), option.getValue());
            }
        }
        return options;
    }
}
