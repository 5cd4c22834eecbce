package io.rationale.simulator.command;

import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import io.rationale.simulator.fault.Fault;
import io.rationale.simulator.fault.Faults;
import io.rationale.simulator.profile.ServerProfile;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs a simulator until it is told to stop: {@code rationale simulate-r1}, and the simulator alone. The two name it, say
 * the version and answer exceptions each in their own way.
 */
@Command(
        name = "simulate-r1",
        mixinStandardHelpOptions = true,
        description = "Runs the R1 simulator alone: a cluster with the HTTP of an R1 server, answered by comparing"
                + " words. For development and tests; it is no reasoning model.")
public final class SimulateCommand implements Callable<Integer> {
    private static final String UNBOUNDED = "unbounded";
    /**
     * Reports with a stack trace each connection that comes while a node closes its port, which is what some faults are
     * for. Loggers are held weakly: this one keeps its level only while we keep it.
     */
    private static final Logger ACCEPTING = Logger.getLogger("io.netty.bootstrap.ServerBootstrap");

    private final Stop stop;

    @Spec
    private CommandSpec spec;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8000",
            description = "Port of the first node, the others on the ones after it; 0 for any that are free (default:"
                    + " ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "1",
            description = "Servers to run, each with slots, queue and cache of its own (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "vllm",
            completionCandidates = ProfileNames.class,
            description = "Server to play: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String profile;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "lexical-stand-in",
            description = "Name of the model that it serves (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "32",
            description = "Requests at a time on a node; more wait (default: ${DEFAULT-VALUE}).")
    private int slots;

    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = UNBOUNDED,
            description = "Requests that may wait on a node before it answers 429 or 503, as the server does, or"
                    + " unbounded (default: ${DEFAULT-VALUE}).")
    private String queue;

    @Option(
            names = "--context",
            paramLabel = "TOKENS",
            defaultValue = "131072",
            description = "Prompt and output together (default: ${DEFAULT-VALUE}).")
    private int context;

    @Option(
            names = "--prefill-rate",
            paramLabel = "RATE",
            defaultValue = "15000",
            description = "Prompt tokens a second (default: ${DEFAULT-VALUE}).")
    private double prefillRate;

    @Option(
            names = "--token-ms-idle",
            paramLabel = "MS",
            defaultValue = "20",
            description = "Time of a token at up to four requests (default: ${DEFAULT-VALUE}).")
    private double tokenMsIdle;

    @Option(
            names = "--token-ms-full",
            paramLabel = "MS",
            defaultValue = "200",
            description = "Time of a token when all slots are busy; rises linearly to it (default: ${DEFAULT-VALUE}).")
    private double tokenMsFull;

    @Option(
            names = "--speed-up",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "What all times are divided by (default: ${DEFAULT-VALUE}).")
    private double speedUp;

    @Option(
            names = "--thought-median",
            paramLabel = "TOKENS",
            defaultValue = "500",
            description = "Median length of the thought about one note, lognormal, growing with the square root of the"
                    + " notes; 0 for no more than there is to say (default: ${DEFAULT-VALUE}).")
    private int thoughtMedian;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of lengths, phrases and faults (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            defaultValue = "${env:RATIONALE_SIMULATOR_API_KEY}",
            description = "Key that clients must present, else 401; better given as RATIONALE_SIMULATOR_API_KEY.")
    private String apiKey;

    @Option(
            names = "--fault",
            paramLabel = "NAME=RATE",
            completionCandidates = FaultNames.class,
            description = "What goes wrong, for which part of the requests (0 to 1); may be repeated or listed with"
                    + " commas. Names: ${COMPLETION-CANDIDATES}.")
    private List<String> faults = new ArrayList<>();

    /** @param stop ends the simulator */
    public SimulateCommand(Stop stop) {
        this.stop = stop;
    }

    /** What ends a simulator, such as Ctrl-C. */
    @FunctionalInterface
    public interface Stop {
        /** Returns when it has come. */
        void await() throws InterruptedException;
    }

    /**
     * Serves until the stop.
     *
     * @return 0
     * @throws UnusableOptionException for options that no simulator can run with, or a port that is in use
     */
    @Override
    public Integer call() throws InterruptedException {
        ACCEPTING.setLevel(Level.SEVERE);
        try (R1Simulator simulator = R1Simulator.start(options())) {
            print(simulator);
            stop.await();
            return CommandLine.ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw new UnusableOptionException(e.getMessage());
        } catch (UncheckedIOException e) {
            throw new UnusableOptionException(
                    "The port " + port + ", or one of the " + nodes + " from it on, cannot be used on " + host + " ("
                            + e.getCause().getMessage() + "). Name another with --port.");
        }
    }

    private SimulatorOptions options() {
        SimulatorOptions options = SimulatorOptions.DEFAULT
                .withHost(host)
                .withPort(port)
                .withNodes(nodes)
                .withProfile(ServerProfile.named(profile))
                .withModel(model)
                .withSlots(slots)
                .withQueue(queueBound())
                .withContext(context)
                .withPrefillRate(prefillRate)
                .withTokenMs(tokenMsIdle, tokenMsFull)
                .withSpeedUp(speedUp)
                .withThoughtMedian(thoughtMedian)
                .withSeed(seed)
                .withFaults(Faults.parse(String.join(",", faults)).rates());
        return hasKey() ? options.withApiKey(apiKey) : options;
    }

    private OptionalInt queueBound() {
        if (queue.equals(UNBOUNDED)) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(queue));
        } catch (NumberFormatException e) {
            throw new UnusableOptionException(
                    "--queue takes a number of requests or " + UNBOUNDED + ", but not " + queue + ".");
        }
    }

    private boolean hasKey() {
        return apiKey != null && !apiKey.isEmpty();
    }

    private void print(R1Simulator simulator) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("R1 simulator: " + String.join(",", simulator.baseUrls()));
        out.println("It compares words and is no reasoning model.");
        ServerProfile played = ServerProfile.named(profile);
        line(out, "profile", played.id() + " (" + played.description().replace("`", "") + ")");
        line(out, "model", model + ", context " + context + " tokens");
        line(out, "nodes", nodes + " with " + slots + " slots each, queue " + queue);
        line(out, "prefill", prefillRate + " tokens/s");
        line(out, "token", tokenMsIdle + " ms at up to four requests, " + tokenMsFull + " ms with all slots busy");
        line(out, "thought", "median " + thoughtMedian + " tokens for one note");
        line(out, "speed-up", String.valueOf(speedUp));
        line(out, "seed", String.valueOf(seed));
        line(out, "key", hasKey() ? "required" : "none");
        line(out, "faults", Faults.parse(String.join(",", faults)).toString());
        out.println("Stop with Ctrl-C.");
    }

    private static void line(PrintWriter out, String name, String value) {
        out.printf("  %-9s %s%n", name, value);
    }

    /** For help and completion. */
    static final class ProfileNames extends ArrayList<String> {
        ProfileNames() {
            super(Arrays.stream(ServerProfile.values()).map(ServerProfile::id).toList());
        }
    }

    /** For help and completion. */
    static final class FaultNames extends ArrayList<String> {
        FaultNames() {
            super(Arrays.stream(Fault.values()).map(Fault::id).toList());
        }
    }
}
