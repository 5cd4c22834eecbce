package io.rationale.it;

import com.github.dockerjava.api.model.Capability;
import io.rationale.testcontainers.R1SimulatorContainer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/** Kafka, two classifiers, two consoles and an R1 simulator of two nodes, as a team would run them. */
final class Deployment implements AutoCloseable {
    private static final int PORT = 8080;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> KAFKA_IMAGES = List.of("rationale-kafka:local", "apache/kafka:4.3.1");

    private final Network network = Network.newNetwork();
    private final GenericContainer<?> kafka = kafka();
    private final R1SimulatorContainer r1 = new R1SimulatorContainer(DockerImageName.parse(image("r1-simulator")))
            .withNetwork(network)
            .withNetworkAliases("r1")
            .withNodes(2)
            .withSpeedUp(20);
    private final List<GenericContainer<?>> classifiers = replicas("classifier");
    private final List<GenericContainer<?>> consoles = replicas("console");

    /** The image of a service as it is tested: the tag is this version, or {@code RATIONALE_IMAGE_TAG}. */
    static String image(String service) {
        return "rationale-" + service + ":"
                + Optional.ofNullable(System.getenv("RATIONALE_IMAGE_TAG"))
                        .orElseGet(() -> System.getProperty("rationale.version"));
    }

    /** {@code KAFKA_IMAGE}, else the first that is there. */
    static String kafkaImage() {
        return Optional.ofNullable(System.getenv("KAFKA_IMAGE")).orElseGet(() -> KAFKA_IMAGES.stream()
                .filter(ImagesPresent::isPresent)
                .findFirst()
                .orElse(KAFKA_IMAGES.get(1)));
    }

    /** Starts all and returns when all are ready. */
    void start() {
        Startables.deepStart(kafka, r1).join();
        Startables.deepStart(Stream.concat(classifiers.stream(), consoles.stream()))
                .join();
    }

    R1SimulatorContainer r1() {
        return r1;
    }

    Console console(int replica) {
        GenericContainer<?> console = consoles.get(replica);
        return new Console("http://" + console.getHost() + ":" + console.getMappedPort(PORT));
    }

    /** Both of them. */
    List<Console> consoles() {
        return IntStream.range(0, consoles.size()).mapToObj(this::console).toList();
    }

    List<GenericContainer<?>> services() {
        return Stream.concat(classifiers.stream(), consoles.stream())
                .<GenericContainer<?>>map(c -> c)
                .toList();
    }

    GenericContainer<?> kafkaContainer() {
        return kafka;
    }

    GenericContainer<?> classifier(int replica) {
        return classifiers.get(replica);
    }

    /** Ends a container by SIGKILL. */
    static void kill(GenericContainer<?> container) {
        DockerClientFactory.instance()
                .client()
                .killContainerCmd(container.getContainerId())
                .exec();
    }

    /** Ends a container by SIGTERM. */
    static void stop(GenericContainer<?> container) {
        DockerClientFactory.instance()
                .client()
                .stopContainerCmd(container.getContainerId())
                .withTimeout(45)
                .exec();
    }

    /** Starts a container that was ended; it has its files still. */
    static void startAgain(GenericContainer<?> container) {
        DockerClientFactory.instance()
                .client()
                .startContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void close() {
        Stream.concat(Stream.concat(classifiers.stream(), consoles.stream()), Stream.of(r1, kafka))
                .parallel()
                .forEach(GenericContainer::stop);
        network.close();
    }

    private GenericContainer<?> kafka() {
        return new GenericContainer<>(DockerImageName.parse(kafkaImage()))
                .withNetwork(network)
                .withNetworkAliases("kafka")
                .withEnv(Map.ofEntries(
                        Map.entry("KAFKA_NODE_ID", "1"),
                        Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
                        Map.entry("KAFKA_LISTENERS", "PLAINTEXT://:9092,CONTROLLER://:9093"),
                        Map.entry("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://kafka:9092"),
                        Map.entry("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                        Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
                        Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093"),
                        Map.entry("KAFKA_LOG_DIRS", "/var/lib/kafka/data"),
                        Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
                        Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
                        Map.entry("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "4"),
                        Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
                        Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
                        Map.entry("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "4"),
                        Map.entry("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1"),
                        Map.entry("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1"),
                        Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
                        // A killed classifier's notes go to the other one soon.
                        Map.entry("KAFKA_GROUP_CONSUMER_MIN_SESSION_TIMEOUT_MS", "6000"),
                        Map.entry("KAFKA_GROUP_CONSUMER_SESSION_TIMEOUT_MS", "6000"),
                        Map.entry("KAFKA_GROUP_CONSUMER_MIN_HEARTBEAT_INTERVAL_MS", "500"),
                        Map.entry("KAFKA_GROUP_CONSUMER_HEARTBEAT_INTERVAL_MS", "500"),
                        Map.entry("KAFKA_MESSAGE_MAX_BYTES", "16777216"),
                        Map.entry("KAFKA_REPLICA_FETCH_MAX_BYTES", "16777216")))
                .waitingFor(Wait.forSuccessfulCommand("bash -c 'exec 3<>/dev/tcp/127.0.0.1/9092'")
                        .withStartupTimeout(PATIENCE));
    }

    private List<GenericContainer<?>> replicas(String service) {
        return IntStream.range(0, 2)
                .<GenericContainer<?>>mapToObj(replica -> new GenericContainer<>(DockerImageName.parse(image(service)))
                        .withNetwork(network)
                        .withExposedPorts(PORT)
                        .withEnv("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092")
                        .withEnv("RATIONALE_AUTH_ANONYMOUS", "allowed")
                        .withEnv("RATIONALE_R1_ENDPOINTS", "http://r1:8000/v1,http://r1:8001/v1")
                        .withEnv("RATIONALE_CLASSIFIER_INSTANCE_ID", service + "-" + replica)
                        // As a cluster would run them.
                        .withCreateContainerCmdModifier(command -> command.getHostConfig()
                                .withReadonlyRootfs(true)
                                .withCapDrop(Capability.ALL)
                                .withMemory(768L * 1024 * 1024))
                        .waitingFor(Wait.forHttp("/q/health/ready").withStartupTimeout(PATIENCE)))
                .toList();
    }
}
