package io.rationale.local.command;

import io.rationale.local.node.StopSignal;
import io.rationale.simulator.command.SimulateCommand;
import io.rationale.simulator.command.UnusableOptionException;
import java.io.PrintWriter;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "rationale",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Sorts free-text notes about what went wrong into categories, by a reasoning model whose chain"
                + " of thought stays attached to every verdict.",
        subcommands = {
            DemoCommand.class,
            ClassifyCommand.class,
            DiscoverCommand.class,
            EraseCommand.class,
            ReclassifyCommand.class,
            ServeCommand.class,
            SimulateCommand.class,
            ReportCommand.class,
            TaxonomyCommand.class,
            TokenCommand.class,
            TopicsCommand.class,
            TryCommand.class,
            VerifyCommand.class,
            TestCommand.class,
            ImagesCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every accepted note has a verdict",
            "1:a fault of the program",
            "2:wrong usage, or nothing readable in the input",
            "3:some notes became unclassifiable",
            "4:R1 cannot be reached",
            "5:topics or verify found something that is not as it should be, or erase nothing to erase",
            "130:stopped by Ctrl-C; the same command goes on"
        })
public final class RationaleCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private final StopSignal stop;

    private RationaleCommand(StopSignal stop) {
        this.stop = stop;
    }

    /** Runs a command line. @return the exit code */
    public static int execute(String... args) {
        try (StopSignal stop = StopSignal.listen()) {
            return commandLine(stop).execute(args);
        }
    }

    /** The commands with their options. */
    static CommandLine commandLine(StopSignal stop) {
        CommandLine commandLine = new CommandLine(new RationaleCommand(stop), factory(stop));
        commandLine.getSubcommands().get("simulate-r1").getCommandSpec().versionProvider(new Version());
        commandLine.setParameterExceptionHandler(RationaleCommand::complain);
        commandLine.setExecutionExceptionHandler((e, command, result) -> complain(e));
        return commandLine;
    }

    /** Gives the simulator's command the signal that ours get from us. */
    private static IFactory factory(StopSignal stop) {
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == SimulateCommand.class
                        ? type.cast(new SimulateCommand(stop::await))
                        : CommandLine.defaultFactory().create(type);
            }
        };
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }

    private static int complain(ParameterException e, String[] args) {
        PrintWriter err = e.getCommandLine().getErr();
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        err.println("rationale: " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + name + " --help'.");
        return ExitCode.USAGE;
    }

    /** What the user can mend is a sentence; anything else is a bug and keeps its stack trace. */
    private static int complain(Exception e) throws Exception {
        if (e instanceof UsageException || e instanceof UnusableOptionException) {
            System.err.println("rationale: " + e.getMessage());
            return ExitCode.USAGE;
        }
        throw e;
    }

    /** Ctrl-C, for the commands. */
    StopSignal stop() {
        return stop;
    }
}
