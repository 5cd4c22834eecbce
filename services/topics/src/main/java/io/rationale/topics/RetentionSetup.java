package io.rationale.topics;

import io.rationale.core.topic.Retention;
import io.rationale.core.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/** Makes topics that exist keep their records for as long as was configured, and no longer. Others stay as they are. */
public final class RetentionSetup {
    private static final Logger LOG = Logger.getLogger(RetentionSetup.class);

    private RetentionSetup() {}

    /**
     * What became of it.
     *
     * @param changed  topics that keep records for another time now
     * @param problems a sentence for each topic that could not be changed
     * @param again    whether it may go better later, because brokers did not answer
     */
    public record Result(List<String> changed, List<String> problems, boolean again) {
        public Result {
            changed = List.copyOf(changed);
            problems = List.copyOf(problems);
        }

        /** Says it in the log. */
        public void log() {
            if (!changed.isEmpty()) {
                LOG.infof("Retention set names=%s", changed);
            }
            problems.forEach(LOG::warn);
        }
    }

    /** Sets what differs; topics that are missing are passed over. */
    public static Result apply(Admin admin, Topics topics, Retention retention) throws InterruptedException {
        List<String> changed = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        boolean again = false;
        for (Map.Entry<String, Map<String, String>> each :
                retention.changes(topics).entrySet()) {
            try {
                if (change(admin, each.getKey(), each.getValue())) {
                    changed.add(each.getKey());
                }
            } catch (ExecutionException e) {
                problem(each.getKey(), each.getValue(), e.getCause(), problems);
                again |= e.getCause() instanceof RetriableException;
            }
        }
        return new Result(changed, problems, again);
    }

    private static void problem(String topic, Map<String, String> wanted, Throwable cause, List<String> problems) {
        if (cause instanceof UnknownTopicOrPartitionException) {
            return;
        }
        String change = "kafka-configs --alter --entity-type topics --entity-name " + topic + " --add-config "
                + new TreeMap<>(wanted).toString().replaceAll("[{} ]", "");
        problems.add("Topic " + topic + " does not keep its records for as long as is configured ("
                + cause.getMessage() + "): "
                + (cause instanceof RetriableException
                        ? "the brokers do not answer; it is tried again. It is the same as: "
                        : "allow this client to describe and alter the topic's configuration, or do it by: ")
                + change);
    }

    /** @return whether anything was to be changed */
    private static boolean change(Admin admin, String topic, Map<String, String> wanted)
            throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config has = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        List<AlterConfigOp> changes = wanted.entrySet().stream()
                .filter(entry -> has.get(entry.getKey()) == null
                        || !entry.getValue().equals(has.get(entry.getKey()).value()))
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        if (changes.isEmpty()) {
            return false;
        }
        KafkaFuture<Void> altered =
                admin.incrementalAlterConfigs(Map.of(resource, changes)).all();
        altered.get();
        return true;
    }
}
