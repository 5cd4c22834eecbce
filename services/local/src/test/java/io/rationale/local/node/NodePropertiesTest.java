package io.rationale.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.topic.Topics;
import io.rationale.local.data.DataDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodePropertiesTest {
    @TempDir
    Path folder;

    @Test
    void shouldKeepTheServicesToTheTopicsThatTheImportWritesTo() {
        // given
        NodeSettings settings = new NodeSettings(folder, 0, 0, List.of(), Optional.empty(), Optional.empty(), true);

        // when
        Map<String, String> properties;
        try (DataDirectory data = DataDirectory.open(folder)) {
            properties = NodeProperties.of(settings, data, "127.0.0.1:1", List.of());
        }

        // then
        assertThat(properties).containsEntry("rationale.topic-prefix", Topics.DEFAULT.prefix());
    }
}
