package io.rationale.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TopicSetupTest {
    private static final Topics TOPICS = new Topics("t.");

    @TempDir
    Path dataDir;

    @Test
    void shouldWaitForTheBrokerAndCreateWhatIsMissing() throws Exception {
        // given
        int port = freePort();
        Thread setup = Thread.ofVirtual().start(() -> run(setup(port, TOPICS)));
        TimeUnit.SECONDS.sleep(1);
        try (EmbeddedKafka broker = EmbeddedKafka.start(dataDir, port);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            // when
            setup.join();

            // then
            await().untilAsserted(
                            () -> assertThat(admin.listTopics().names().get()).containsAll(names(TOPICS)));
            Map<String, TopicDescription> created =
                    admin.describeTopics(names(TOPICS)).allTopicNames().get();
            assertThat(created.get(TOPICS.audit()).partitions()).hasSize(3);
            assertThat(config(admin, TOPICS.taxonomies(), "cleanup.policy")).isEqualTo("compact");
            assertThat(config(admin, TOPICS.audit(), "retention.ms")).isEqualTo("-1");

            // given
            Topics others = new Topics("o.");
            broker.createTopics(List.of(new Topics.Spec(others.audit(), 1, Map.of("retention.ms", "5000"))));

            // when
            run(setup(port, others));

            // then
            await().untilAsserted(
                            () -> assertThat(admin.listTopics().names().get()).containsAll(names(others)));
            assertThat(config(admin, others.audit(), "retention.ms"))
                    .as("what existed stays as it was")
                    .isEqualTo("5000");

            // when
            run(setup(port, new Topics("no topic's name/")));
            run(new TopicSetup(() -> admin, List.of()));

            // then
            assertThat(admin.listTopics().names().get())
                    .hasSize(2 * names(TOPICS).size());
        }
    }

    @Test
    void shouldEndItsWaitWhenItIsStopped() throws Exception {
        // given
        TopicSetup setup = setup(freePort(), TOPICS);
        Thread waiting = Thread.ofVirtual().start(() -> run(setup));

        // when
        setup.stop();
        waiting.join();

        // then
        assertThat(setup.isDone()).isTrue();
    }

    private static TopicSetup setup(int port, Topics topics) {
        return new TopicSetup(() -> Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port)), topics.specs(3));
    }

    private static void run(TopicSetup setup) {
        try {
            setup.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Set<String> names(Topics topics) {
        return topics.specs(1).stream().map(Topics.Spec::name).collect(Collectors.toSet());
    }

    private static String config(Admin admin, String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<ConfigResource, Config> configs =
                admin.describeConfigs(List.of(resource)).all().get();
        return configs.get(resource).get(name).value();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
