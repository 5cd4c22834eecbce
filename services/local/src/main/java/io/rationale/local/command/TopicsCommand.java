package io.rationale.local.command;

import io.rationale.core.topic.Retention;
import io.rationale.core.topic.Topics;
import io.rationale.topics.RetentionSetup;
import io.rationale.topics.TopicCheck;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code rationale topics}. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Creates the topics that are missing and checks those that exist: partitions, retention, compaction, size"
                        + " of messages, replication. Of those that exist it changes nothing but what rationale.retention.*"
                        + " says. Reads what the services read: kafka.*, rationale.topic-prefix,"
                        + " rationale.topics.partitions and rationale.retention.*, from the environment and from the"
                        + " files of QUARKUS_CONFIG_LOCATIONS.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all topics are as they should be",
            "2:wrong usage",
            "5:a topic is not as it should be, or the brokers do not answer; a sentence says what to do"
        })
final class TopicsCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @ParentCommand
    private RationaleCommand parent;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description = "Brokers, separated by commas; else kafka.bootstrap.servers, else localhost:9092.")
    private String bootstrapServer;

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "Before every topic's name; else rationale.topic-prefix, else \"rationale.\".")
    private String prefix;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description =
                    "Partitions of the topics that scale with the notes; else rationale.topics.partitions, else 6.")
    private Integer partitions;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description = "Replicas of each partition; as the brokers say, and unchecked, unless given.")
    private Short replicationFactor;

    @Option(
            names = "--topic-config",
            paramLabel = "TOPIC:KEY=VALUE",
            description =
                    "Configures a topic otherwise, named without its prefix: notes:retention.ms=2592000000. Can be"
                            + " given several times.")
    private List<String> topicConfigs = List.of();

    @Option(names = "--check", description = "Creates nothing: what is missing is a deviation.")
    private boolean checkOnly;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "Longest wait for brokers that do not answer (default: ${DEFAULT-VALUE}).")
    private int waitSeconds;

    @Override
    public Integer call() throws InterruptedException {
        ServiceProperties properties = ServiceProperties.read();
        Map<String, Object> kafka = kafka(properties);
        Topics topics = topics(properties);
        Retention retention = retention(properties);
        List<Topics.Spec> specs = specs(topics, retention, properties);
        String brokers = String.valueOf(kafka.get("bootstrap.servers"));
        try (Admin admin = admin(kafka)) {
            TopicCheck check = new TopicCheck(admin, specs, Optional.ofNullable(replicationFactor));
            TopicCheck.Result result = answered(check, brokers);
            boolean isWrong = !result.deviations().isEmpty();
            if (isWrong && !checkOnly && keep(admin, topics, retention)) {
                result = new TopicCheck.Result(
                        result.created(), answered(check, brokers).deviations());
            }
            return report(specs.size(), result);
        } catch (UnreachableException | IllegalStateException e) {
            err().println("rationale: " + e.getMessage());
            return ExitCode.NOT_IN_ORDER;
        }
    }

    /** @return whether any topic was changed */
    private boolean keep(Admin admin, Topics topics, Retention retention) throws InterruptedException {
        RetentionSetup.Result result = RetentionSetup.apply(admin, topics, retention);
        result.changed().forEach(name -> out().println("retention set for " + name));
        return !result.changed().isEmpty();
    }

    /** The brokers were silent for as long as somebody wanted to wait. */
    private static final class UnreachableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnreachableException(String message) {
            super(message);
        }
    }

    private TopicCheck.Result answered(TopicCheck check, String brokers) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
        while (true) {
            try {
                return checkOnly ? check.compare() : check.createAndCompare();
            } catch (TopicCheck.UnansweredException e) {
                if (System.nanoTime() - end >= 0 || parent.stop().await(PAUSE.toMillis())) {
                    throw new UnreachableException("The brokers at " + brokers + " do not answer (" + e.getMessage()
                            + "): check kafka.bootstrap.servers, the security settings, and the way there.");
                }
            }
        }
    }

    private int report(int count, TopicCheck.Result result) {
        result.created().stream().sorted().forEach(name -> out().println("created " + name));
        result.deviations().forEach(sentence -> err().println("rationale: " + sentence));
        if (result.deviations().isEmpty()) {
            out().println("All " + count + " topics are as they should be.");
        }
        out().flush();
        return result.deviations().isEmpty() ? ExitCode.OK : ExitCode.NOT_IN_ORDER;
    }

    private Map<String, Object> kafka(ServiceProperties properties) {
        Map<String, Object> kafka = new HashMap<>(properties.kafka());
        kafka.putIfAbsent("bootstrap.servers", "localhost:9092");
        kafka.putIfAbsent("request.timeout.ms", "5000");
        kafka.putIfAbsent("default.api.timeout.ms", "10000");
        if (bootstrapServer != null) {
            kafka.put("bootstrap.servers", bootstrapServer);
        }
        return kafka;
    }

    private static Admin admin(Map<String, Object> kafka) {
        try {
            return Admin.create(kafka);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new UsageException("Kafka's client cannot be made of kafka.*: " + cause.getMessage() + ".");
        }
    }

    private Topics topics(ServiceProperties properties) {
        return new Topics(
                prefix != null
                        ? prefix
                        : properties.value("rationale.topic-prefix").orElse(Topics.DEFAULT.prefix()));
    }

    private static Retention retention(ServiceProperties properties) {
        try {
            return Retention.of(properties.below("rationale.retention."));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private List<Topics.Spec> specs(Topics topics, Retention retention, ServiceProperties properties) {
        Map<String, Map<String, String>> changes = changes(topics.prefix());
        List<Topics.Spec> specs = retention.applied(topics, topics.specs(partitions(properties))).stream()
                .map(each -> changed(each, changes.remove(each.name())))
                .toList();
        changes.keySet().stream().findFirst().ifPresent(unknown -> {
            throw new UsageException("--topic-config names " + unknown + ", and there are: "
                    + String.join(", ", specs.stream().map(Topics.Spec::name).toList()) + ".");
        });
        return specs;
    }

    private int partitions(ServiceProperties properties) {
        String wanted = partitions != null
                ? partitions.toString()
                : properties.value("rationale.topics.partitions").orElse("6");
        if (!wanted.matches("[1-9]\\d{0,4}")) {
            throw new UsageException("The number of partitions is 1 or more, not " + wanted + ".");
        }
        return Integer.parseInt(wanted);
    }

    private Map<String, Map<String, String>> changes(String prefix) {
        Map<String, Map<String, String>> changes = new LinkedHashMap<>();
        for (String each : topicConfigs) {
            int colon = each.indexOf(':');
            int equals = each.indexOf('=', colon + 1);
            if (colon < 1 || equals < colon + 2) {
                throw new UsageException("--topic-config is TOPIC:KEY=VALUE, notes:retention.ms=2592000000 for example,"
                        + " not '" + each + "'.");
            }
            changes.computeIfAbsent(prefix + each.substring(0, colon), name -> new LinkedHashMap<>())
                    .put(each.substring(colon + 1, equals), each.substring(equals + 1));
        }
        return changes;
    }

    private static Topics.Spec changed(Topics.Spec spec, Map<String, String> changes) {
        if (changes == null) {
            return spec;
        }
        Map<String, String> configs = new HashMap<>(spec.configs());
        configs.putAll(changes);
        return new Topics.Spec(spec.name(), spec.partitions(), configs);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
