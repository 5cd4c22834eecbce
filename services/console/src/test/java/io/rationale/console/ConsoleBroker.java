package io.rationale.console;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A broker for the tests of the running console. */
public class ConsoleBroker implements QuarkusTestResourceLifecycleManager {
    private EmbeddedKafka broker;

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory("console-test");
            broker = EmbeddedKafka.start(directory.resolve("kafka"), 0);
            broker.createTopics(Topics.DEFAULT.specs(3));
            return Map.of(
                    "kafka.bootstrap.servers",
                    broker.bootstrapServers(),
                    "kafka-streams.state.dir",
                    directory.resolve("streams").toString(),
                    "rationale.search.directory",
                    directory.resolve("search").toString(),
                    "quarkus.http.test-port",
                    "0",
                    // As the classifier's would be in a process that holds both.
                    "rationale.key-of-another-service",
                    "tolerated");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
    }
}
