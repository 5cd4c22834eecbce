package io.rationale.local.node;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.topic.Topics;
import io.rationale.core.verdict.Provenance;
import io.rationale.kafka.EmbeddedKafka;
import io.rationale.local.command.ExitCode;
import io.rationale.local.command.UsageException;
import io.rationale.local.data.DataDirectory;
import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Broker, simulator and both services in this process, around one command's task. */
public final class LocalNode {
    private static final int PARTITIONS = 2;
    /** Loggers are held weakly: these keep their levels only while we keep them. */
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("kafka"), Logger.getLogger("org.apache.kafka"), Logger.getLogger("state.change"));

    private LocalNode() {}

    /** What stands before the services do. */
    record Started(String bootstrapServers, Taxonomy taxonomy, StopSignal stop, NodeTask task) {}

    /**
     * Starts everything, runs the task, and stops everything in the reverse order.
     *
     * @param stop tells the task that the user wants to stop
     * @return the task's exit code
     * @throws UsageException for a used port, a directory in use, a wrong taxonomy
     */
    public static int run(NodeSettings settings, StopSignal stop, NodeTask task) throws IOException {
        quiet();
        EmbeddedKafka.onHalt(() -> System.err.println("rationale: " + settings.dataDir()
                + " cannot be written any more: is the disk full? What was accepted is kept; make room and run the same"
                + " command again."));
        requireFreePort(settings.httpPort(), "--port");
        requireFreePort(settings.kafkaPort(), "--kafka-port");
        try (DataDirectory data = finished(DataDirectory.open(settings.dataDir()));
                R1Simulator simulator = settings.r1().isEmpty() && settings.classifies() ? simulator() : null;
                EmbeddedKafka kafka = EmbeddedKafka.start(data.kafka(), settings.kafkaPort(), settings.listeners())) {
            kafka.createTopics(topics());
            Taxonomy taxonomy =
                    ActiveTaxonomy.resolve(data, settings.taxonomy(), kafka.bootstrapServers(), Instant.now());
            List<String> endpoints = simulator == null ? settings.r1() : List.of(simulator.baseUrl());
            NodeProperties.of(settings, data, kafka.bootstrapServers(), endpoints)
                    .forEach(System::setProperty);
            return runServices(new Started(kafka.bootstrapServers(), taxonomy, stop, task));
        }
    }

    /** What is half erased must be erased before anybody reads or adds to it. */
    private static DataDirectory finished(DataDirectory data) {
        if (DataDirectory.hasErasure(data.path())) {
            data.close();
            throw new UsageException("An erasure in " + data.path() + " was interrupted. Finish it: rationale erase"
                    + " --data " + data.path());
        }
        return data;
    }

    private static int runServices(Started started) {
        AtomicInteger exitCode = new AtomicInteger(ExitCode.FAILURE);
        NodeApplication.next(started);
        Quarkus.run(NodeApplication.class, (code, failure) -> {
            Throwable cause = failure == null ? null : ExceptionUtil.getRootCause(failure);
            if (cause instanceof ConfigurationException) {
                // A wrong value is the user's to mend: that takes a sentence and no stack trace.
                System.err.println("rationale: " + cause.getMessage());
                exitCode.set(ExitCode.USAGE);
                return;
            }
            if (failure != null) {
                System.err.println("rationale: The services ended by a fault of the program:");
                failure.printStackTrace();
            }
            exitCode.set(code);
        });
        return exitCode.get();
    }

    /** Nobody at a command line wants to read what a broker says. */
    public static void quiet() {
        QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
    }

    /** What a data directory's broker has. */
    public static List<Topics.Spec> topics() {
        return Topics.DEFAULT.specs(PARTITIONS).stream()
                .map(LocalNode::keepNotes)
                .toList();
    }

    /** In one directory notes wait as long as the user lets them: a broker for a team forgets them after days. */
    private static Topics.Spec keepNotes(Topics.Spec spec) {
        boolean isNotes = spec.name().equals(Topics.DEFAULT.notes());
        return isNotes ? new Topics.Spec(spec.name(), spec.partitions(), Map.of("retention.ms", "-1")) : spec;
    }

    /** Without any slowing down under load: whoever tries the product out should not wait for that. */
    private static R1Simulator simulator() {
        return R1Simulator.start(SimulatorOptions.DEFAULT
                .withModel(Provenance.SIMULATED_MODEL)
                .withTokenMs(20, 20)
                .withSpeedUp(100));
    }

    private static void requireFreePort(int port, String option) {
        if (port == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            probe.getLocalPort();
        } catch (IOException e) {
            throw new UsageException("The port " + port + " is in use. Name another with " + option + ".");
        }
    }
}
