package io.rationale.console.status;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.topic.Retention;
import io.rationale.core.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.jboss.logging.Logger;

/**
 * Asks Kafka every now and then for how long each topic keeps its records, and since when it holds some: what is so, not
 * what was configured. Thread safe.
 */
public final class RetentionWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RetentionWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final int PATIENCE_MILLIS = 5_000;

    private final KafkaClients clients;
    private final Topics topics;
    private final Retention configured;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile List<Kept> kept = List.of();

    /**
     * How a topic keeps its records.
     *
     * @param topic          its full name
     * @param keptForSeconds for how long, or null for ever
     * @param compacted      whether only the latest record of each key is kept
     * @param configured     whether {@code rationale.retention.*} says so
     * @param oldest         time of the oldest record, or null for none
     */
    public record Kept(String topic, Long keptForSeconds, boolean compacted, boolean configured, Instant oldest) {}

    /** @param configured what is to be so */
    public RetentionWatch(KafkaClients clients, Topics topics, Retention configured) {
        this.clients = clients;
        this.topics = topics;
        this.configured = configured;
        this.thread = Thread.ofVirtual().name("retention-watch").unstarted(this::run);
    }

    /** Begins to ask. */
    public void start() {
        thread.start();
    }

    /** What Kafka said last; empty before it ever answered, or where it is not to be asked. */
    public List<Kept> kept() {
        return kept;
    }

    private void run() {
        try (Admin admin = clients.admin()) {
            boolean isAnswered;
            do {
                isAnswered = ask(admin);
            } while (!closed.await((isAnswered ? EVERY : AGAIN).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ask(Admin admin) throws InterruptedException {
        try {
            List<String> there = existing(admin);
            Map<ConfigResource, Config> configs = admin.describeConfigs(
                            there.stream().map(RetentionWatch::resource).toList())
                    .all()
                    .get();
            Map<String, Instant> oldest = oldest(admin, there);
            List<Kept> found = new ArrayList<>();
            there.forEach(name -> found.add(kept(name, configs.get(resource(name)), oldest.get(name))));
            kept = List.copyOf(found);
            return there.size() == topics.specs(1).size();
        } catch (ExecutionException | RuntimeException e) {
            LOG.debug("Kafka does not say how topics are kept", e);
            return false;
        }
    }

    private List<String> existing(Admin admin) throws ExecutionException, InterruptedException {
        var names = admin.listTopics().names().get();
        return topics.specs(1).stream()
                .map(Topics.Spec::name)
                .filter(names::contains)
                .toList();
    }

    private Kept kept(String name, Config config, Instant oldest) {
        long millis = Long.parseLong(value(config, "retention.ms").orElse("-1"));
        String policy = value(config, "cleanup.policy").orElse("");
        Long seconds = millis < 0 || !policy.contains("delete") ? null : millis / 1_000;
        boolean isConfigured = configured.millis().containsKey(Retention.shortName(topics, name));
        return new Kept(name, seconds, policy.contains("compact"), isConfigured, oldest);
    }

    private static Optional<String> value(Config config, String key) {
        return Optional.ofNullable(config.get(key)).map(ConfigEntry::value);
    }

    /** The first record of some time is the oldest one. */
    private static Map<String, Instant> oldest(Admin admin, List<String> names)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (TopicDescription topic :
                admin.describeTopics(names).allTopicNames().get().values()) {
            topic.partitions()
                    .forEach(each ->
                            asked.put(new TopicPartition(topic.name(), each.partition()), OffsetSpec.forTimestamp(0)));
        }
        Map<String, Instant> oldest = new HashMap<>();
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> found = admin.listOffsets(
                        asked, new ListOffsetsOptions().timeoutMs(PATIENCE_MILLIS))
                .all()
                .get();
        found.forEach((partition, info) -> {
            if (info.offset() >= 0 && info.timestamp() >= 0) {
                Instant at = Instant.ofEpochMilli(info.timestamp());
                oldest.merge(partition.topic(), at, (a, b) -> a.isBefore(b) ? a : b);
            }
        });
        return oldest;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
