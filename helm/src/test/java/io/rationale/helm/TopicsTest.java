package io.rationale.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The topics of the chart are those of the services. */
class TopicsTest {
    private static final int SOME = 7_919;

    /** A line each: name, partitions ({@code N} where they scale with the notes), configurations. */
    @Test
    void shouldListTheTopicsOfTheServices() {
        // when
        String lines =
                new Topics("").specs(SOME).stream().map(TopicsTest::line).collect(Collectors.joining("\n", "", "\n"));

        // then
        Generated.assertUpToDate(Chart.FOLDER.resolve("files").resolve("topics.txt"), lines);
    }

    @Test
    void shouldMakeEachOfThemByStrimzi() {
        // given
        Map<String, Topics.Spec> wanted =
                new Topics("Team_A.").specs(24).stream().collect(Collectors.toMap(Topics.Spec::name, each -> each));
        Map<String, Map<String, String>> further = Map.of(
                "Team_A.notes", Map.of("retention.ms", "2592000000"),
                "Team_A.audit", Map.of("min.insync.replicas", "2"));

        // when
        List<JsonNode> made = Chart.render(Chart.valueSet("03-strimzi-scram-tls"))
                .ofKind("KafkaTopic")
                .toList();

        // then
        assertThat(made)
                .extracting(each -> each.at("/spec/topicName").asText())
                .containsExactlyInAnyOrderElementsOf(wanted.keySet());
        for (JsonNode topic : made) {
            String name = topic.at("/spec/topicName").asText();
            Map<String, String> configs = new HashMap<>(wanted.get(name).configs());
            configs.putAll(further.getOrDefault(name, Map.of()));
            assertThat(topic.at("/spec/partitions").asInt())
                    .isEqualTo(wanted.get(name).partitions());
            assertThat(topic.at("/spec/replicas").asInt()).isEqualTo(3);
            assertThat(topic.at("/spec/config").properties().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, each -> each.getValue().asText())))
                    .isEqualTo(configs);
            assertThat(topic.at("/metadata/namespace").asText()).isEqualTo("kafka");
            assertThat(topic.at("/metadata/labels/strimzi.io~1cluster").asText())
                    .isEqualTo("main");
            assertThat(topic.at("/metadata/annotations/helm.sh~1resource-policy")
                            .asText())
                    .as("uninstalling deletes no notes")
                    .isEqualTo("keep");
        }
    }

    @Test
    void shouldTellTheJobForHowLongTheConsoleHasTopicsKept() {
        // when
        Manifests rendered = Chart.render("""
                kafka: {bootstrapServers: "kafka:9092"}
                r1: {endpoints: ["http://r1:8000/v1"]}
                config: {rationale.retention.audit: 400d, rationale.prices.currency: EUR}
                console: {auth: {tokens: {existingSecret: who}}, config: {rationale.retention.exchanges: 90d}}
                """);

        // then
        assertThat(rendered.properties("trial-rationale-topics"))
                .containsEntry("rationale.retention.audit", "400d")
                .containsEntry("rationale.retention.exchanges", "90d")
                .doesNotContainKey("rationale.prices.currency");
    }

    @Test
    void shouldHaveAJobCreateAndCheckThemBeforeEverythingElse() {
        // when
        Manifests rendered = Chart.render(Chart.valueSet("18-job-with-sasl"));

        // then
        JsonNode job = rendered.one("Job", "trial-rationale-topics");
        JsonNode container = job.at("/spec/template/spec/containers/0");
        assertThat(job.at("/metadata/annotations/was-helm.sh~1hook").asText()).isEqualTo("pre-install,pre-upgrade");
        assertThat(Manifests.stream(container.path("args")).map(JsonNode::asText))
                .containsExactly(
                        "topics",
                        "--wait",
                        "120",
                        "--replication-factor",
                        "3",
                        "--topic-config",
                        "notes:retention.ms=86400000",
                        "--topic-config",
                        "notes:segment.bytes=1048576");
        assertThat(rendered.properties("trial-rationale-topics"))
                .containsEntry("rationale.topics.partitions", "8")
                .containsEntry("kafka.sasl.mechanism", "PLAIN");
        assertThat(rendered.one("ConfigMap", "trial-rationale-topics")
                        .at("/metadata/annotations/was-helm.sh~1hook-weight")
                        .asInt())
                .as("its configuration is there before it")
                .isNegative();
        assertThat(rendered.properties("trial-rationale-classifier")).containsEntry("rationale.topics.create", "false");
    }

    private static String line(Topics.Spec spec) {
        String configs = new TreeMap<>(spec.configs())
                .entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
        return spec.name() + " " + (spec.partitions() == SOME ? "N" : spec.partitions()) + " " + configs;
    }
}
