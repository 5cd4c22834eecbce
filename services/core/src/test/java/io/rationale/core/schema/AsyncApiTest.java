package io.rationale.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.CloudEvents;
import io.rationale.core.json.Json;
import io.rationale.core.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AsyncApiTest {
    private static JsonNode document;

    @BeforeAll
    static void read() throws IOException {
        document = new YAMLMapper()
                .readTree(SchemaFiles.FOLDER.resolve("asyncapi.yaml").toFile());
    }

    @Test
    void shouldNameTheTopicsWithTheirConfigurations() {
        // given
        Map<String, Map<String, String>> expected = new HashMap<>();
        Topics.DEFAULT.specs(1).forEach(spec -> expected.put(spec.name(), spec.configs()));

        // when
        Map<String, Map<String, String>> actual = new HashMap<>();
        document.path("channels")
                .forEach(channel -> actual.put(channel.path("address").textValue(), configs(channel)));

        // then
        assertThat(document.path("asyncapi").textValue()).isEqualTo("3.0.0");
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void shouldReferToWhatExists() {
        assertThat(document.findValuesAsText("$ref")).hasSizeGreaterThan(10).allSatisfy(ref -> {
            String[] parts = ref.split("#", 2);
            JsonNode target = document;
            if (!parts[0].isEmpty()) {
                var file = SchemaFiles.FOLDER.resolve(parts[0]);
                assertThat(Files.isRegularFile(file)).isTrue();
                target = Json.tree(SchemaFiles.bytes(file));
            }
            assertThat(target.at(parts.length == 1 ? "" : parts[1]).isMissingNode())
                    .isFalse();
        });
    }

    @Test
    void shouldGiveEveryMessageAKeyAndHeaders() {
        assertThat(document.at("/components/messages")).isNotEmpty().allSatisfy(message -> {
            assertThat(message.at("/bindings/kafka/key/description").textValue())
                    .isNotBlank();
            assertThat(message.path("headers")).isNotEmpty();
        });
    }

    @Test
    void shouldDescribeTheCloudEventsHeaders() {
        // given
        Set<String> expected =
                CloudEvents.headers("i", "s", "t", "u", Instant.EPOCH).keySet();

        // when
        JsonNode described = document.at("/components/schemas/cloudEventHeadersIfAny/properties");
        JsonNode required = document.at("/components/schemas/cloudEventHeaders/allOf/1/required");

        // then
        Set<String> requiredNames = new TreeSet<>();
        required.forEach(name -> requiredNames.add(name.textValue()));
        assertThat(described.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(expected)
                .containsExactlyInAnyOrderElementsOf(requiredNames);
    }

    @Test
    void shouldNameTheTypesOfAuditEvents() {
        assertThat(SchemaFiles.examples("audit-event.v1")).isNotEmpty().allSatisfy(example -> {
            // given
            AuditEvent event = Json.read(Json.bytes(example.json()), AuditEvent.class);
            String kind = example.json().path("type").textValue();

            // when
            JsonNode message = document.at("/components/messages/" + kind);

            // then
            assertThat(message.at("/headers/allOf/1/properties/ce_type/const").textValue())
                    .isEqualTo(event.cloudEventType());
            assertThat(message.at("/payload/$ref").textValue()).endsWith("/" + kind);
            assertThat(document.at("/channels/audit/messages").has(kind)).isTrue();
        });
    }

    private static Map<String, String> configs(JsonNode channel) {
        Map<String, String> configs = new HashMap<>();
        channel.at("/bindings/kafka/topicConfiguration").properties().forEach(config -> {
            JsonNode value = config.getValue();
            configs.put(config.getKey(), value.isArray() ? joined(value) : value.asText());
        });
        return configs;
    }

    private static String joined(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).collect(Collectors.joining(","));
    }
}
