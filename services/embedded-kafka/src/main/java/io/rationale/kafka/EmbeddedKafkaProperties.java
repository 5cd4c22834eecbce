package io.rationale.kafka;

import io.rationale.kafka.EmbeddedKafka.Detour;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** Settings for a broker that serves one process: small, quick to start, quick to notice a killed predecessor. */
final class EmbeddedKafkaProperties {
    private static final String MAX_MESSAGE_BYTES = String.valueOf(16 * 1024 * 1024);

    private EmbeddedKafkaProperties() {}

    static Properties of(Path dataDir, int nodeId, int brokerPort, int controllerPort, List<Detour> detours) {
        Properties properties = new Properties();
        node(properties, dataDir, nodeId, brokerPort, controllerPort);
        detours(properties, detours);
        oneReplica(properties);
        sessions(properties);
        size(properties);
        return properties;
    }

    private static void node(Properties properties, Path dataDir, int nodeId, int brokerPort, int controllerPort) {
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(nodeId));
        properties.put("log.dirs", dataDir.toString());
        properties.put(
                "listeners", "PLAINTEXT://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + brokerPort);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("controller.quorum.voters", nodeId + "@127.0.0.1:" + controllerPort);
        properties.put("auto.create.topics.enable", "false");
    }

    private static void detours(Properties properties, List<Detour> detours) {
        for (int i = 0; i < detours.size(); i++) {
            Detour detour = detours.get(i);
            String name = ",DETOUR" + i;
            append(properties, "listeners", name + "://" + detour.host() + ":" + detour.port());
            append(
                    properties,
                    "advertised.listeners",
                    name + "://" + detour.advertisedHost() + ":" + detour.advertisedPort());
            append(properties, "listener.security.protocol.map", name + ":" + detour.protocol());
        }
    }

    private static void append(Properties properties, String key, String end) {
        properties.put(key, properties.getProperty(key) + end);
    }

    private static void oneReplica(Properties properties) {
        properties.put("default.replication.factor", "1");
        properties.put("min.insync.replicas", "1");
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            properties.put(topic + ".replication.factor", "1");
            properties.put(topic + ".num.partitions", "1");
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
    }

    /**
     * A killed process leaves members of groups behind, and a broker session: the next start waits for both to expire.
     */
    private static void sessions(Properties properties) {
        // Below 2 s a restarted broker fences itself while it is still loading.
        properties.put("broker.session.timeout.ms", "2000");
        // Readers of committed records wait for transactions of processes that were killed.
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        properties.put("broker.heartbeat.interval.ms", "500");
        for (String protocol : new String[] {"group.consumer", "group.streams"}) {
            properties.put(protocol + ".min.session.timeout.ms", "6000");
            properties.put(protocol + ".session.timeout.ms", "6000");
            properties.put(protocol + ".min.heartbeat.interval.ms", "500");
            properties.put(protocol + ".heartbeat.interval.ms", "500");
        }
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("group.streams.initial.rebalance.delay.ms", "0");
        // A directory that nobody opened for weeks still knows what is done.
        properties.put("offsets.retention.minutes", String.valueOf(Integer.MAX_VALUE));
    }

    private static void size(Properties properties) {
        properties.put("message.max.bytes", MAX_MESSAGE_BYTES);
        properties.put("replica.fetch.max.bytes", MAX_MESSAGE_BYTES);
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("background.threads", "2");
        properties.put("num.recovery.threads.per.data.dir", "2");
        properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 * 1024 * 1024));
        properties.put("log.index.size.max.bytes", String.valueOf(1024 * 1024));
        properties.put("transaction.state.log.segment.bytes", String.valueOf(16 * 1024 * 1024));
        properties.put("offsets.topic.segment.bytes", String.valueOf(16 * 1024 * 1024));
    }
}
