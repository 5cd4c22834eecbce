package io.rationale.classifier;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import io.rationale.kafka.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** A broker for the application, and a port on which R1 may come to be. */
public class AppResource implements QuarkusTestResourceLifecycleManager {
    static final String R1_PORT = "test.r1-port";

    private EmbeddedKafka broker;

    @Override
    public Map<String, String> start() {
        try {
            broker = EmbeddedKafka.start(Files.createTempDirectory("classifier-app"), 0);
            broker.createTopics(Topics.DEFAULT.specs(2));
            int r1Port = Ports.free();
            return Map.of(
                    "kafka.bootstrap.servers",
                    broker.bootstrapServers(),
                    "rationale.r1.endpoints",
                    "http://127.0.0.1:" + r1Port + "/v1",
                    R1_PORT,
                    String.valueOf(r1Port),
                    "quarkus.tls.own.trust-all",
                    "true",
                    "quarkus.http.test-port",
                    "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        broker.close();
    }
}
