package io.rationale.classifier;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The configuration as Quarkus would read it, without Quarkus. */
public final class TestConfig {
    private TestConfig() {}

    public static ClassifierConfig of(String topicPrefix, String instance, Map<String, String> overrides) {
        Map<String, String> properties = new HashMap<>();
        properties.put("rationale.topic-prefix", topicPrefix);
        properties.put("rationale.classifier.group-id", topicPrefix + "group");
        properties.put("rationale.classifier.instance-id", instance);
        properties.put("rationale.batch.linger", "20ms");
        properties.put("rationale.publish.linger", "20ms");
        properties.put("rationale.drain-timeout", "5s");
        properties.putAll(overrides);
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(ClassifierConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 500))
                .build()
                .getConfigMapping(ClassifierConfig.class);
    }
}
