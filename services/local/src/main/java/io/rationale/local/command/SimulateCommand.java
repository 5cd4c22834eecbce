package io.rationale.local.command;

import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code rationale simulate-r1}. */
@Command(
        name = "simulate-r1",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Runs the R1 simulator alone: the HTTP of an R1 server, answered by comparing words. For"
                + " development and tests; it is no reasoning model.")
final class SimulateCommand implements Callable<Integer> {
    @ParentCommand
    private RationaleCommand rationale;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8000",
            description = "Port (default:" + " ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "lexical-stand-in",
            description = "Name of the" + " model that it serves (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "32",
            description = "Requests at a time; more wait" + " (default: ${DEFAULT-VALUE}).")
    private int slots;

    @Option(
            names = "--speed-up",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "Times faster than an R1 on" + " one 8-GPU node (default: ${DEFAULT-VALUE}).")
    private double speedUp;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed (default:" + " ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws InterruptedException {
        try (R1Simulator simulator = R1Simulator.start(new SimulatorOptions(host, port, model, slots, speedUp, seed))) {
            System.out.println("R1 simulator: " + simulator.baseUrl() + " (model " + model + ", " + slots
                    + " slots, speed-up " + speedUp + ", seed " + seed + ")");
            System.out.println("It compares words and is no reasoning model. Stop with Ctrl-C.");
            rationale.stop().await();
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        } catch (UncheckedIOException e) {
            throw new UsageException("The port " + port + " on " + host + " cannot be used ("
                    + e.getCause().getMessage() + "). Name another with --port.");
        }
    }
}
