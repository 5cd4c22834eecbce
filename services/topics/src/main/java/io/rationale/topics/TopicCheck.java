package io.rationale.topics;

import io.rationale.core.topic.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics that are missing and says in which ways the others are not as they should be: partitions,
 * replication and each configured property. Unlike {@link TopicSetup} it looks at topics that exist, and reports faults in
 * place of waiting for them to pass. It never changes a topic: more partitions would part the keys, less retention would
 * delete.
 */
public final class TopicCheck {
    private static final int MOST_TRIES = 50;
    private static final int PAUSE_MILLIS = 100;

    private final Admin admin;
    private final List<Topics.Spec> specs;
    private final Optional<Short> replicationFactor;

    /**
     * What was done and found.
     *
     * @param created    names of the topics that were made
     * @param deviations a sentence for each that says which topic, what it has, what is wanted, and how to get there
     */
    public record Result(List<String> created, List<String> deviations) {
        public Result {
            created = List.copyOf(created);
            deviations = List.copyOf(deviations);
        }
    }

    /** No broker answered, or none in time; it may later. */
    public static final class UnansweredException extends Exception {
        private static final long serialVersionUID = 1;

        private UnansweredException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * @param admin             stays open
     * @param replicationFactor of the topics that are created, and wanted of the others; as the brokers say unless given
     */
    public TopicCheck(Admin admin, List<Topics.Spec> specs, Optional<Short> replicationFactor) {
        this.admin = admin;
        this.specs = List.copyOf(specs);
        this.replicationFactor = replicationFactor;
    }

    /** Creates what is missing, then compares. @throws UnansweredException when it is worth trying again */
    public Result createAndCompare() throws UnansweredException, InterruptedException {
        Set<String> existing = existing();
        List<NewTopic> missing = missing(existing);
        List<String> created = new ArrayList<>();
        List<String> deviations = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<Void>> each :
                admin.createTopics(missing).values().entrySet()) {
            try {
                answer(each.getValue());
                created.add(each.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    deviations.add("Topic " + each.getKey() + " is missing and cannot be created ("
                            + e.getCause().getMessage() + "): create it, or allow this client to.");
                }
            }
        }
        awaitMade(
                missing.stream().filter(topic -> created.contains(topic.name())).toList());
        deviations.addAll(deviations(
                specs.stream().filter(spec -> existing.contains(spec.name())).toList()));
        return new Result(created, deviations);
    }

    /** Whoever starts after this finds them. */
    private void awaitMade(List<NewTopic> created) throws InterruptedException {
        for (int tries = 0; !TopicSetup.tellsOffsets(admin, created) && tries < MOST_TRIES; tries++) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** Compares alone; a topic that is missing is a deviation. @throws UnansweredException when it is worth trying again */
    public Result compare() throws UnansweredException, InterruptedException {
        Set<String> existing = existing();
        List<String> deviations = new ArrayList<>();
        specs.stream()
                .filter(spec -> !existing.contains(spec.name()))
                .forEach(spec -> deviations.add("Topic " + spec.name() + " is missing."));
        deviations.addAll(deviations(
                specs.stream().filter(spec -> existing.contains(spec.name())).toList()));
        return new Result(List.of(), deviations);
    }

    private Set<String> existing() throws UnansweredException, InterruptedException {
        return finalAnswer(admin.listTopics().names());
    }

    private List<NewTopic> missing(Set<String> existing) {
        return specs.stream()
                .filter(spec -> !existing.contains(spec.name()))
                .map(spec -> new NewTopic(spec.name(), Optional.of(spec.partitions()), replicationFactor)
                        .configs(spec.configs()))
                .toList();
    }

    private List<String> deviations(Collection<Topics.Spec> there) throws UnansweredException, InterruptedException {
        List<String> names = there.stream().map(Topics.Spec::name).toList();
        Map<String, TopicDescription> topics =
                finalAnswer(admin.describeTopics(names).allTopicNames());
        Map<ConfigResource, Config> configs = finalAnswer(
                admin.describeConfigs(names.stream().map(TopicCheck::resource).toList())
                        .all());
        List<String> deviations = new ArrayList<>();
        for (Topics.Spec spec : there) {
            TopicDescription topic = topics.get(spec.name());
            partitions(spec, topic).ifPresent(deviations::add);
            replication(topic).ifPresent(deviations::add);
            configs(spec, configs.get(resource(spec.name())), deviations);
        }
        return deviations;
    }

    private static Optional<String> partitions(Topics.Spec spec, TopicDescription topic) {
        int has = topic.partitions().size();
        if (has == spec.partitions()) {
            return Optional.empty();
        }
        return Optional.of("Topic " + spec.name() + " has " + has + (has == 1 ? " partition" : " partitions") + ", "
                + spec.partitions() + (spec.partitions() == 1 ? " is" : " are") + " wanted: "
                + (has < spec.partitions()
                        ? "add some with kafka-topics --alter, or ask for " + has + "."
                        : "partitions cannot be taken away, so ask for " + has + ", or make the topic anew."));
    }

    private Optional<String> replication(TopicDescription topic) {
        if (replicationFactor.isEmpty()) {
            return Optional.empty();
        }
        int has = topic.partitions().stream()
                .mapToInt(each -> each.replicas().size())
                .min()
                .orElse(0);
        return has == replicationFactor.get()
                ? Optional.empty()
                : Optional.of("Topic " + topic.name() + " has " + has + (has == 1 ? " replica" : " replicas")
                        + " of a partition, " + replicationFactor.get()
                        + " wanted: move it with kafka-reassign-partitions, or ask for " + has + ".");
    }

    private static void configs(Topics.Spec spec, Config config, List<String> deviations) {
        new TreeMap<>(spec.configs()).forEach((key, wanted) -> {
            ConfigEntry entry = config.get(key);
            String has = entry == null ? "nothing" : String.valueOf(entry.value());
            if (!normal(has).equals(normal(wanted))) {
                deviations.add("Topic " + spec.name() + " has " + key + "=" + has + ", " + key + "=" + wanted
                        + " is wanted: kafka-configs --alter --entity-type topics --entity-name " + spec.name()
                        + " --add-config " + key + "=" + (wanted.contains(",") ? "[" + wanted + "]" : wanted)
                        + " makes it so.");
            }
        });
    }

    /** Kafka's lists have no order. */
    private static String normal(String value) {
        return Arrays.stream(value.split(",")).map(String::strip).sorted().collect(Collectors.joining(","));
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    /** An answer that may be a refusal. */
    private static <T> T answer(KafkaFuture<T> future)
            throws ExecutionException, UnansweredException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                throw new UnansweredException(e.getCause());
            }
            throw e;
        }
    }

    /** An answer whose refusal ends everything: mostly rights that are lacking. */
    private static <T> T finalAnswer(KafkaFuture<T> future) throws UnansweredException, InterruptedException {
        try {
            return answer(future);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }
}
