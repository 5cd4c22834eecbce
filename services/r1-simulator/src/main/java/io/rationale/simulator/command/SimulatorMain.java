package io.rationale.simulator.command;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** The simulator alone, without the rest of Rationale: where its jar and its container enter. */
public final class SimulatorMain {
    static final String NAME = "rationale-r1-simulator";

    private static final long LONGEST_CLOSE_SECONDS = 8;

    private SimulatorMain() {}

    /** Serves until Ctrl-C or SIGTERM. Ends with 2 where the options are wrong, and as a signal ends a JVM otherwise. */
    public static void main(String[] args) {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndAwait(stop, closed), "stop"));
        int exitCode = commandLine(stop::await).execute(args);
        closed.countDown();
        System.exit(exitCode);
    }

    /** The command under its own name. Of an option that is given twice the last counts: the container gives some. */
    static CommandLine commandLine(SimulateCommand.Stop stop) {
        CommandLine commandLine = new CommandLine(new SimulateCommand(stop));
        commandLine.setCommandName(NAME);
        commandLine.getCommandSpec().versionProvider(new Version());
        commandLine.setOverwrittenOptionsAllowed(true);
        commandLine.setParameterExceptionHandler((e, args) -> complain(e.getCommandLine(), e));
        commandLine.setExecutionExceptionHandler((e, command, result) -> {
            if (e instanceof UnusableOptionException) {
                return complain(command, e);
            }
            throw e;
        });
        return commandLine;
    }

    /** The JVM ends when its hooks end, so this one waits until ports and connections are closed. */
    private static void stopAndAwait(CountDownLatch stop, CountDownLatch closed) {
        stop.countDown();
        try {
            closed.await(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int complain(CommandLine commandLine, Exception e) {
        PrintWriter err = commandLine.getErr();
        err.println(NAME + ": " + e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched) {
            UnmatchedArgumentException.printSuggestions(unmatched, err);
        }
        err.println("Try '" + NAME + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }
}
