package io.rationale.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TopicCheckTest {
    @TempDir
    static Path dataDir;

    private static EmbeddedKafka broker;
    private static Admin admin;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(dataDir, 0);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void shouldCreateWhatIsMissingAndThenFindNothingToSay() throws Exception {
        // given
        List<Topics.Spec> specs = new Topics("fresh.").specs(3);
        TopicCheck check = new TopicCheck(admin, specs, Optional.of((short) 1));

        // when
        TopicCheck.Result first = check.createAndCompare();

        // then
        assertThat(first.created())
                .containsExactlyInAnyOrderElementsOf(
                        specs.stream().map(Topics.Spec::name).toList());
        assertThat(first.deviations()).isEmpty();

        // when
        TopicCheck.Result second = check.createAndCompare();

        // then
        assertThat(second.created()).isEmpty();
        assertThat(second.deviations()).isEmpty();
        assertThat(check.compare().deviations()).isEmpty();
    }

    @Test
    void shouldSayOfEachTopicInWhichWayItIsNotAsWanted() throws Exception {
        // given
        Topics topics = new Topics("odd.");
        admin.createTopics(List.of(
                        new NewTopic(topics.audit(), 2, (short) 1)
                                .configs(Map.of("retention.ms", "5000", "max.message.bytes", "16777216")),
                        new NewTopic(topics.taxonomies(), 4, (short) 1)
                                .configs(Map.of("retention.ms", "-1", "max.message.bytes", "16777216"))))
                .all()
                .get();

        // when
        TopicCheck.Result result = new TopicCheck(admin, topics.specs(6), Optional.of((short) 3)).createAndCompare();

        // then
        assertThat(result.deviations())
                .contains(
                        "Topic odd.audit has 2 partitions, 6 are wanted: add some with kafka-topics --alter, or ask"
                                + " for 2.",
                        "Topic odd.audit has 1 replica of a partition, 3 wanted: move it with"
                                + " kafka-reassign-partitions, or ask for 1.",
                        "Topic odd.audit has retention.ms=5000, retention.ms=-1 is wanted: kafka-configs --alter"
                                + " --entity-type topics --entity-name odd.audit --add-config retention.ms=-1 makes it"
                                + " so.",
                        "Topic odd.taxonomies has 4 partitions, 1 is wanted: partitions cannot be taken away, so ask"
                                + " for 4, or make the topic anew.",
                        "Topic odd.taxonomies has cleanup.policy=delete, cleanup.policy=compact is wanted:"
                                + " kafka-configs --alter --entity-type topics --entity-name odd.taxonomies"
                                + " --add-config cleanup.policy=compact makes it so.")
                .anyMatch(sentence -> sentence.startsWith("Topic odd.notes is missing and cannot be created"));
        assertThat(result.created()).as("three replicas need three brokers").isEmpty();
    }

    @Test
    void shouldCreateNothingWhenItOnlyCompares() throws Exception {
        // given
        List<Topics.Spec> specs = new Topics("absent.").specs(1);

        // when
        TopicCheck.Result result = new TopicCheck(admin, specs, Optional.empty()).compare();

        // then
        assertThat(result.created()).isEmpty();
        assertThat(result.deviations()).hasSize(specs.size()).contains("Topic absent.notes is missing.");
        assertThat(admin.listTopics().names().get()).noneMatch(name -> name.startsWith("absent."));
    }

    @Test
    void shouldTakeNoOrderOfAListForADeviation() throws Exception {
        // given
        Topics.Spec spec = new Topics.Spec("listed", 1, Map.of("cleanup.policy", "compact,delete"));
        new TopicCheck(
                        admin,
                        List.of(new Topics.Spec("listed", 1, Map.of("cleanup.policy", "delete,compact"))),
                        Optional.empty())
                .createAndCompare();

        // when
        TopicCheck.Result result = new TopicCheck(admin, List.of(spec), Optional.empty()).compare();

        // then
        assertThat(result.deviations()).isEmpty();
    }

    @Test
    void shouldTellSilenceFromAnAnswer() {
        // given
        try (Admin nobody = Admin.create(Map.of(
                "bootstrap.servers", "127.0.0.1:1",
                "request.timeout.ms", "400",
                "default.api.timeout.ms", "500"))) {
            TopicCheck check = new TopicCheck(nobody, new Topics("t.").specs(1), Optional.empty());

            // when, then
            assertThatThrownBy(check::compare).isInstanceOf(TopicCheck.UnansweredException.class);
        }
    }
}
