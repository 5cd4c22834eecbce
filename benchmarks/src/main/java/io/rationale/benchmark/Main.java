package io.rationale.benchmark;

import io.rationale.benchmark.scenario.Chaos;
import io.rationale.benchmark.scenario.Memory;
import io.rationale.benchmark.scenario.Overhead;
import io.rationale.benchmark.scenario.Saturation;
import io.rationale.benchmark.scenario.Statistics;
import io.rationale.benchmark.scenario.Tokens;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line: {@code ./rationale benchmark SCENARIO}. */
@Command(
        name = "rationale benchmark",
        mixinStandardHelpOptions = true,
        description = "Runs a scenario against the packaged classifier, prints a table on standard output and writes"
                + " benchmarks/target/results/SCENARIO.json.",
        footer = {
            "",
            "The script itself runs one more: client, which measures what a call costs the classifier's client. It has"
                    + " no options."
        },
        subcommands = {Saturation.class, Overhead.class, Tokens.class, Memory.class, Chaos.class, Statistics.class})
public final class Main implements Runnable {
    private static final int BROKEN_OFF = 3;

    @Spec
    private CommandSpec spec;

    private Main() {}

    /** Ends with 0; 1 where the scenario found a fault, 2 for wrong usage, 3 where it could not go on. */
    public static void main(String[] args) {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setExecutionExceptionHandler((e, command, result) -> {
            e.printStackTrace(System.err);
            return BROKEN_OFF;
        });
        System.exit(commandLine.execute(args));
    }

    /** Without a scenario: which there are. */
    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
