package io.rationale.topics;

import io.rationale.core.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/**
 * Creates the topics that are missing, before anybody reads or writes: a broker that creates topics by itself would make
 * them without what they need. Topics that exist stay as they are.
 */
public final class TopicSetup {
    private static final Logger LOG = Logger.getLogger(TopicSetup.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int ANSWER_MILLIS = 5_000;

    private final Supplier<Admin> admins;
    private final List<Topics.Spec> specs;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean isDone;

    /**
     * @param admins makes a client, which is closed again
     * @param specs  the topics; none where they are not to be created
     */
    public TopicSetup(Supplier<Admin> admins, List<Topics.Spec> specs) {
        this.admins = admins;
        this.specs = List.copyOf(specs);
    }

    /** Returns when the topics exist, cannot be created, or {@link #stop()} was called; waits while no broker answers. */
    public void run() throws InterruptedException {
        if (!specs.isEmpty()) {
            try (Admin admin = admins.get()) {
                while (!create(admin) && !stopped.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.info("The brokers do not answer yet; topics are created when they do");
                }
            }
        }
        isDone = true;
    }

    /** Whether {@link #run()} returned. */
    public boolean isDone() {
        return isDone;
    }

    /** Ends the wait for brokers. */
    public void stop() {
        stopped.countDown();
    }

    /** @return false when it is to be tried again */
    private boolean create(Admin admin) throws InterruptedException {
        try {
            Set<String> existing = admin.listTopics(new ListTopicsOptions().timeoutMs(ANSWER_MILLIS))
                    .names()
                    .get();
            List<NewTopic> missing = specs.stream()
                    .filter(spec -> !existing.contains(spec.name()))
                    .map(spec -> new NewTopic(spec.name(), Optional.of(spec.partitions()), Optional.empty())
                            .configs(spec.configs()))
                    .toList();
            return missing.isEmpty() || create(admin, missing);
        } catch (ExecutionException e) {
            return isFinal(e.getCause(), specs.stream().map(Topics.Spec::name).toList());
        }
    }

    private static boolean create(Admin admin, List<NewTopic> missing) throws InterruptedException {
        List<String> created = new ArrayList<>();
        boolean isDone = true;
        for (Map.Entry<String, KafkaFuture<Void>> each : admin.createTopics(
                        missing, new CreateTopicsOptions().timeoutMs(ANSWER_MILLIS))
                .values()
                .entrySet()) {
            try {
                each.getValue().get();
                created.add(each.getKey());
            } catch (ExecutionException e) {
                isDone &= e.getCause() instanceof TopicExistsException || isFinal(e.getCause(), List.of(each.getKey()));
            }
        }
        if (!created.isEmpty()) {
            LOG.infof("Topics created names=%s", created);
        }
        return isDone
                && tellsOffsets(
                        admin,
                        missing.stream()
                                .filter(topic -> created.contains(topic.name()))
                                .toList());
    }

    /**
     * Whether the partitions are made. A producer with several requests on their way to one that is just being made can
     * get stuck for minutes (KAFKA-15591); the leader tells offsets only of those that are made.
     */
    static boolean tellsOffsets(Admin admin, List<NewTopic> topics) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (NewTopic topic : topics) {
            for (int partition = 0; partition < topic.numPartitions(); partition++) {
                latest.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        try {
            admin.listOffsets(latest).all().get();
            return true;
        } catch (ExecutionException e) {
            return !(e.getCause() instanceof RetriableException);
        }
    }

    private static boolean isFinal(Throwable cause, List<String> topics) {
        boolean isFinal = !(cause instanceof RetriableException);
        if (isFinal) {
            LOG.warnf(
                    "Topics may be missing and cannot be created from here: create them as schemas/asyncapi.yaml says,"
                            + " or allow this client to names=%s error=%s",
                    topics, cause.toString());
        }
        return isFinal;
    }
}
