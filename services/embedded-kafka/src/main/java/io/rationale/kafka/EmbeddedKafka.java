package io.rationale.kafka;

import io.rationale.core.topic.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker of one node (KRaft, broker and controller in one) inside this JVM, on loopback. Its data directory
 * outlives it: started again on the same directory it goes on where it was, also after {@code kill -9}.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final String CLUSTER_ID = "cmF0aW9uYWxlLWxvY2FsIQ";
    private static final int NODE_ID = 1;

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    /**
     * A further way to the broker: clients that come by it are sent back to it. It may lead through something else, and
     * to other machines.
     *
     * @param host           address that the broker listens on, 0.0.0.0 for all
     * @param port           where it listens
     * @param advertisedHost where its clients are told to go
     * @param advertisedPort and to which port
     * @param protocol       Kafka's security protocol there
     */
    public record Detour(String host, int port, String advertisedHost, int advertisedPort, String protocol) {
        private static final Pattern FORM = Pattern.compile("([^=:\\s]+):(\\d{1,5})=([^=:\\s]+):(\\d{1,5})");

        /** On loopback. */
        public Detour(int port, int advertisedPort, String protocol) {
            this("127.0.0.1", port, "127.0.0.1", advertisedPort, protocol);
        }

        /** On loopback and in plain text. */
        public Detour(int port, int advertisedPort) {
            this(port, advertisedPort, "PLAINTEXT");
        }

        /**
         * Reads {@code HOST:PORT=ADVERTISED_HOST:PORT}, in plain text.
         *
         * @throws IllegalArgumentException for any other form
         */
        public static Detour parse(String text) {
            Matcher matcher = FORM.matcher(text.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "A listener is written HOST:PORT=ADVERTISED_HOST:PORT, for instance 0.0.0.0:9092=localhost:9092.");
            }
            return new Detour(matcher.group(1), port(matcher, 2), matcher.group(3), port(matcher, 4), "PLAINTEXT");
        }

        private static int port(Matcher matcher, int group) {
            int port = Integer.parseInt(matcher.group(group));
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("The port of a listener is between 1 and 65535, not " + port + ".");
            }
            return port;
        }
    }

    private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker and returns when it answers.
     *
     * @param dataDir where it keeps its logs; created when missing
     * @param port    to listen on, 0 for any free one
     * @throws UncheckedIOException when the directory cannot be written or the port is used
     */
    public static EmbeddedKafka start(Path dataDir, int port) {
        return start(dataDir, port, List.of());
    }

    /**
     * The same, reachable by detours, too.
     *
     * @param detours a listener each
     */
    public static EmbeddedKafka start(Path dataDir, int port, List<Detour> detours) {
        return start(dataDir, port, detours, Map.of());
    }

    /**
     * The same with further properties of the broker.
     *
     * @param further for instance {@code listener.name.detour0.*} of the first detour
     */
    public static EmbeddedKafka start(Path dataDir, int port, List<Detour> detours, Map<String, String> further) {
        try {
            Files.createDirectories(dataDir);
            int brokerPort = port == 0 ? Ports.free() : unused(port);
            Properties properties = EmbeddedKafkaProperties.of(dataDir, NODE_ID, brokerPort, Ports.free(), detours);
            properties.putAll(further);
            format(dataDir);
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(server, "127.0.0.1:" + brokerPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is said when Kafka ends the process because it cannot write its directory; the process ends either way.
     * Everything that was accepted before is kept.
     */
    public static void onHalt(Runnable lastWords) {
        Exit.setHaltProcedure((status, message) -> {
            lastWords.run();
            Runtime.getRuntime().halt(status);
        });
    }

    /** Host and port for Kafka clients. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Creates the topics that do not exist yet, and waits until they can be written to; those that exist stay. */
    public void createTopics(List<Topics.Spec> specs) {
        createTopics(bootstrapServers, specs);
    }

    /** The same at a broker of another process. */
    public static void createTopics(String bootstrapServers, List<Topics.Spec> specs) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Set<String> existing = admin.listTopics().names().get(60, TimeUnit.SECONDS);
            List<NewTopic> missing = specs.stream()
                    .filter(spec -> !existing.contains(spec.name()))
                    .map(spec -> new NewTopic(spec.name(), spec.partitions(), (short) 1).configs(spec.configs()))
                    .toList();
            admin.createTopics(missing).all().get(60, TimeUnit.SECONDS);
            while (!tellsOffsets(admin, missing)) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the embedded broker did not create the topics", e);
        }
    }

    /**
     * Whether the partitions are made. A producer with several requests on their way to one that is just being made can
     * get stuck for minutes (KAFKA-15591); the leader tells offsets only of those that are made.
     */
    private static boolean tellsOffsets(Admin admin, List<NewTopic> topics) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = topics.stream()
                .flatMap(topic -> IntStream.range(0, topic.numPartitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        try {
            admin.listOffsets(latest).all().get(60, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** Stops the broker cleanly and waits until its logs are closed. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path dataDir) throws IOException {
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(CLUSTER_ID)
                    .setNodeId(NODE_ID)
                    .setControllerListenerName("CONTROLLER")
                    .setDirectories(Set.of(dataDir.toString()))
                    .setMetadataLogDirectory(dataDir.toString())
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setIgnoreFormatted(true)
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot format " + dataDir + " for Kafka", e);
        }
    }

    /** Kafka itself would end the process. */
    private static int unused(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
