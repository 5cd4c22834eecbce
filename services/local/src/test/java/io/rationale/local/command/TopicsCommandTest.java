package io.rationale.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.kafka.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class TopicsCommandTest {
    @TempDir
    static Path folder;

    private static EmbeddedKafka broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(folder.resolve("kafka"), 0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @AfterEach
    void forget() {
        System.clearProperty("quarkus.config.locations");
        System.clearProperty("kafka.default.api.timeout.ms");
        System.clearProperty("kafka.request.timeout.ms");
    }

    @Test
    void shouldCreateTopicsAndFindThemAsTheyShouldBeFromThenOn() {
        // when
        Console first = topics("--prefix", "a.", "--partitions", "2");

        // then
        assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCode.OK);
        assertThat(first.out()).contains("created a.audit", "topics are as they should be.");

        // when
        Console second = topics("--prefix", "a.", "--partitions", "2", "--check");

        // then
        assertThat(second.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(second.out()).doesNotContain("created");
    }

    @Test
    void shouldEndWithASentenceForEachDeviation() {
        // given
        topics("--prefix", "b.", "--partitions", "2");

        // when
        Console checked = topics("--prefix", "b.", "--partitions", "4", "--topic-config", "notes:retention.ms=1000");

        // then
        assertThat(checked.exitCode()).isEqualTo(ExitCode.NOT_IN_ORDER);
        assertThat(checked.err())
                .contains("rationale: Topic b.audit has 2 partitions, 4 are wanted: add some")
                .contains("rationale: Topic b.notes has retention.ms=604800000, retention.ms=1000 is wanted:");
        assertThat(checked.out()).doesNotContain("as they should be");
    }

    @Test
    void shouldReadWhatTheServicesRead() throws Exception {
        // given
        Path file =
                Files.writeString(folder.resolve("application.properties"), """
                brokers=%s
                kafka.bootstrap.servers=${brokers}
                rationale.topic-prefix=c.
                rationale.topics.partitions=3
                """.formatted(broker.bootstrapServers()));
        System.setProperty("quarkus.config.locations", file.toString());

        // when
        Console created = Console.run("topics", "--topic-config", "notes:retention.ms=2592000000");

        // then
        assertThat(created.exitCode()).as(created.err()).isEqualTo(ExitCode.OK);
        assertThat(created.out()).contains("created c.notes");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            ConfigResource notes = new ConfigResource(ConfigResource.Type.TOPIC, "c.notes");
            assertThat(admin.describeTopics(Set.of("c.notes"))
                            .allTopicNames()
                            .get()
                            .get("c.notes")
                            .partitions())
                    .hasSize(3);
            assertThat(admin.describeConfigs(Set.of(notes))
                            .all()
                            .get()
                            .get(notes)
                            .get("retention.ms")
                            .value())
                    .isEqualTo("2592000000");
        }
    }

    @Test
    void shouldSayThatNoBrokerAnswers() {
        // given
        System.setProperty("kafka.default.api.timeout.ms", "400");
        System.setProperty("kafka.request.timeout.ms", "300");

        // when
        Console silent = Console.run("topics", "--bootstrap-server", "127.0.0.1:1", "--wait", "0");

        // then
        assertThat(silent.exitCode()).isEqualTo(ExitCode.NOT_IN_ORDER);
        assertThat(silent.err()).contains("The brokers at 127.0.0.1:1 do not answer", "kafka.bootstrap.servers");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --topic-config notes          | --topic-config is TOPIC:KEY=VALUE
                    --topic-config nothing:a=b    | --topic-config names rationale.nothing, and there are:
                    --partitions 0                | The number of partitions is 1 or more, not 0.
                    --bootstrap-server nonsense   | Kafka's client cannot be made of kafka.*:
                    """)
    void shouldRefuseWithASentence(String options, String sentence) {
        // when
        String[] args = ("topics --wait 0 " + options).split(" ");
        Console refused = Console.run(args);

        // then
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains(sentence);
    }

    @Test
    void shouldRefuseAFileThatCannotBeRead() {
        // given
        System.setProperty(
                "quarkus.config.locations", folder.resolve("absent.properties").toString());

        // when
        Console refused = Console.run("topics");

        // then
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("absent.properties", "cannot be read");
    }

    private static Console topics(String... options) {
        String[] args = new String[options.length + 3];
        args[0] = "topics";
        args[1] = "--bootstrap-server";
        args[2] = broker.bootstrapServers();
        System.arraycopy(options, 0, args, 3, options.length);
        return Console.run(args);
    }
}
