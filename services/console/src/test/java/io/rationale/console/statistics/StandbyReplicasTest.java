package io.rationale.console.statistics;

import static org.awaitility.Awaitility.await;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandbyReplicasTest {
    @TempDir
    static Path directory;

    @Test
    void shouldSetTheGroupsConfiguration() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(directory.resolve("kafka"), 0);
                StandbyReplicas replicas = new StandbyReplicas(
                        new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers())), "group-a", 1);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            replicas.start();

            ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, "group-a");
            await().until(() -> "1"
                    .equals(admin.describeConfigs(List.of(group))
                            .all()
                            .get()
                            .get(group)
                            .get(StandbyReplicas.CONFIG)
                            .value()));
        }
    }
}
