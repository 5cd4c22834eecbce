package io.rationale.local.command;

import io.rationale.kafka.EmbeddedKafka.Detour;
import io.rationale.local.node.LocalNode;
import io.rationale.local.node.NodeSettings;
import io.rationale.local.node.RunningNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
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
            defaultValue = "${env:RATIONALE_SERVE_KAFKA_PORT:-9092}",
            description = "Port of the broker on loopback (default: ${DEFAULT-VALUE}; 0: any free one).")
    private int kafkaPort;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "${env:RATIONALE_SERVE_HOST:-" + NodeSettings.LOOPBACK + "}",
            description = "Address that the page is served on (default: ${DEFAULT-VALUE}, which only this machine"
                    + " reaches). Another address takes tokens (rationale.auth.tokens-file, rationale.auth.jwt.*), or"
                    + " rationale.auth.anonymous=allowed where something else asks who comes.")
    private String host;

    @Option(
            names = "--kafka-listener",
            split = ",",
            paramLabel = "HOST:PORT=ADVERTISED_HOST:PORT",
            defaultValue = "${env:RATIONALE_SERVE_KAFKA_LISTENERS:-}",
            description =
                    "Further addresses that the broker listens on, and where clients that come by them are told to"
                            + " go, such as 0.0.0.0:9092=localhost:9092 inside a container. No password there, either.")
    private List<String> kafkaListeners = List.of();

    @Mixin
    private TaxonomyOption taxonomy;

    @Mixin
    private DataOptions data;

    @Mixin
    private R1Options r1;

    /** For a first answer of R1, before it is said that there is none. */
    private static final Duration R1_FIRST_PATIENCE = Duration.ofSeconds(10);

    /** Quarkus' own. */
    private static final int TLS_PORT = 8443;

    @Mixin
    private RedactOption redaction;

    @Override
    public Integer call() throws IOException {
        redaction.apply();
        NodeSettings settings = new NodeSettings(
                data.directory(),
                host,
                page.port(),
                kafkaPort,
                listeners(),
                r1.endpoints(),
                r1.model(),
                taxonomy.file(),
                true);
        return LocalNode.run(settings, rationale.stop(), node -> {
            System.out.println("The page:   " + address());
            System.out.println("The broker: " + brokers(settings, node) + ", topic "
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

    /** Where browsers find it: over TLS where the configuration serves nothing in the clear. */
    private String address() {
        Config config = ConfigProvider.getConfig();
        boolean isClear = config.getOptionalValue("quarkus.http.insecure-requests", String.class)
                .filter(said -> !said.equalsIgnoreCase("enabled"))
                .isEmpty();
        return isClear
                ? "http://" + host + ":" + page.port() + "/"
                : "https://" + host + ":"
                        + config.getOptionalValue("quarkus.http.ssl-port", Integer.class)
                                .orElse(TLS_PORT)
                        + "/";
    }

    /** Where clients reach the broker; once others may, the address on loopback is nobody's business. */
    private static String brokers(NodeSettings settings, RunningNode node) {
        return settings.listeners().isEmpty()
                ? node.bootstrapServers()
                : settings.listeners().stream()
                        .map(listener -> listener.advertisedHost() + ":" + listener.advertisedPort())
                        .collect(Collectors.joining(", "));
    }

    private List<Detour> listeners() {
        try {
            return kafkaListeners.stream()
                    .filter(listener -> !listener.isBlank())
                    .map(Detour::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new UsageException("--kafka-listener: " + e.getMessage());
        }
    }
}
