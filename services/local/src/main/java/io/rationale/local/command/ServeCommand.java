package io.rationale.local.command;

import io.rationale.local.node.LocalNode;
import io.rationale.local.node.NodeSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code rationale serve}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Runs broker, classifier and page in one process until stopped. Applications write notes to the"
                + " Kafka topic rationale.notes or post them to /api/v1/notes.")
final class ServeCommand implements Callable<Integer> {
    @ParentCommand
    private RationaleCommand rationale;

    @Mixin
    private PortOption page;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port of the broker on" + " loopback (default: ${DEFAULT-VALUE}).")
    private int kafkaPort;

    @Mixin
    private TaxonomyOption taxonomy;

    @Mixin
    private DataOptions data;

    @Mixin
    private R1Options r1;

    /** For a first answer of R1, before it is said that there is none. */
    private static final Duration R1_FIRST_PATIENCE = Duration.ofSeconds(10);

    @Override
    public Integer call() throws IOException {
        NodeSettings settings = new NodeSettings(
                data.directory(), page.port(), kafkaPort, r1.endpoints(), r1.model(), taxonomy.file(), true);
        return LocalNode.run(settings, rationale.stop(), node -> {
            System.out.println("The page:   http://127.0.0.1:" + page.port() + "/");
            System.out.println("The broker: " + node.bootstrapServers() + ", topic "
                    + node.topics().notes());
            System.out.println(
                    r1.endpoints().isEmpty()
                            ? "R1:         the simulator (no --r1 given): it compares words and is no reasoning model"
                            : "R1:         " + String.join(", ", r1.endpoints()));
            for (String fault : node.r1().awaitProbes(R1_FIRST_PATIENCE)) {
                System.err.println("R1 does not answer yet, notes wait: " + fault);
            }
            System.out.println("Stop with Ctrl-C.");
            node.awaitStop();
            return ExitCode.OK;
        });
    }
}
