package io.rationale.local.node;

import io.rationale.core.topic.Topics;
import io.rationale.local.data.DataDirectory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The services' configuration inside a local node, as system properties: above files, below nothing. */
final class NodeProperties {
    /** A hundred years. */
    private static final String LONG_RETENTION = "36500d";

    private NodeProperties() {}

    static Map<String, String> of(
            NodeSettings settings, DataDirectory data, String bootstrapServers, List<String> endpoints) {
        Map<String, String> properties = new LinkedHashMap<>();
        // The import writes to these topics: a prefix in the environment is meant for services elsewhere.
        properties.put("rationale.topic-prefix", Topics.DEFAULT.prefix());
        properties.put("kafka.bootstrap.servers", bootstrapServers);
        properties.put("quarkus.kafka-streams.bootstrap-servers", bootstrapServers);
        properties.put("kafka-streams.state.dir", data.streams().toString());
        properties.put("rationale.search.directory", data.search().toString());
        // In one directory nothing is forgotten by itself.
        properties.put("rationale.search.max-age", "0");
        properties.put("rationale.taxonomy-file", data.taxonomy().toString());
        // One thread is more than enough for what one machine gets, and starts sooner.
        properties.put("kafka-streams.num.stream.threads", "1");
        // A researcher's notes may be of any age.
        properties.put("rationale.statistics.retention", LONG_RETENTION);
        properties.put("rationale.classifier.enabled", String.valueOf(settings.classifies()));
        properties.put("rationale.classifier.instance-id", "local");
        properties.put("quarkus.http.host", settings.httpHost());
        properties.put("quarkus.http.port", String.valueOf(settings.httpPort()));
        // Else a folder of Vert.x stays among the machine's temporary files.
        properties.put("vertx.cacheDirBase", data.vertx().toString());
        properties.put("quarkus.log.file.path", data.log().toString());
        if (!endpoints.isEmpty()) {
            properties.put("rationale.r1.endpoints", String.join(",", endpoints));
        }
        settings.model().ifPresent(model -> properties.put("rationale.r1.model", model));
        return properties;
    }
}
