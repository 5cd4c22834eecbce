package io.rationale.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.classifier.ClassifierConfig;
import io.rationale.console.ConsoleConfig;
import io.rationale.console.access.AccessConfig;
import io.rationale.console.limits.LimitsConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithName;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what the chart configures against what the services read. */
class ConfigurationTest {
    /** Of Quarkus; what the services themselves do not declare. */
    private static final Set<String> QUARKUS = Set.of(
            "config_ordinal",
            "quarkus.http.host",
            "quarkus.http.port",
            "quarkus.http.proxy.proxy-address-forwarding",
            "quarkus.http.proxy.trusted-proxies",
            "quarkus.tls.r1.trust-store.pem.certs",
            "quarkus.config.locations",
            "quarkus.otel.sdk.disabled");

    /** Variables that are for the JVM and for others in the same container. */
    private static final Set<String> NOT_OURS =
            Set.of("POD_NAME", "POD_NAMESPACE", "JAVA_TOOL_OPTIONS", "RATIONALE_TOKEN");

    static Stream<Path> valueSets() {
        return Chart.valueSets();
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void shouldOnlySetKeysThatTheServicesHave(Path values) {
        // given
        Set<String> known = knownKeys();

        // when
        Manifests rendered = Chart.render(values);

        // then
        rendered.ofKind("ConfigMap")
                .filter(each -> each.path("data").has("application.properties"))
                .flatMap(each -> rendered.properties(Manifests.name(each)).keySet().stream())
                .forEach(key -> assertThat(isKnown(key, known)).as(key).isTrue());
        Set<String> variables = known.stream().map(ConfigurationTest::variable).collect(Collectors.toSet());
        for (JsonNode container : rendered.containers()) {
            for (JsonNode each : container.path("env")) {
                String name = each.path("name").asText();
                assertThat(NOT_OURS.contains(name) || variables.stream().anyMatch(name::matches))
                        .as(name)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void shouldSetValuesThatTheServicesCanRead(Path values) {
        // given
        Manifests rendered = Chart.render(values);
        String prefix = rendered.ofKind("StatefulSet")
                .map(Manifests::name)
                .filter(each -> each.endsWith("-console"))
                .findFirst()
                .orElseThrow()
                .replace("-console", "");

        // when
        ClassifierConfig classifier = config(rendered, prefix + "-classifier").getConfigMapping(ClassifierConfig.class);
        ConsoleConfig console = config(rendered, prefix + "-console").getConfigMapping(ConsoleConfig.class);

        // then: read as a whole, converted, and the same where it must be
        assertThat(classifier.topicPrefix()).isEqualTo(console.topicPrefix());
        assertThat(rendered.properties(prefix + "-console"))
                .as("the console asks how far the classifiers are")
                .containsEntry(
                        "rationale.classifier.group-id", classifier.classifier().groupId());
        assertThat(classifier.topics().create()).isEqualTo(console.topics().create());
        assertThat(classifier.topics().partitions()).isEqualTo(console.topics().partitions());
        assertThat(classifier.drainTimeout()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(140));
        assertThat(console.search().directory()).hasToString("/var/lib/rationale/search");
    }

    @Test
    void shouldRenderLargeNumbersAndOddTextsAsTheyAre() {
        // when
        Manifests rendered = Chart.render(Chart.valueSet("13-taxonomy-and-config"));

        // then
        Map<String, String> properties = rendered.properties("trial-rationale-classifier");
        assertThat(properties)
                .containsEntry("rationale.in-flight.max-bytes", "134217728")
                .containsEntry("rationale.r1.temperature", "0.6")
                .containsEntry("rationale.r1.loop-guard", "false")
                .containsEntry("rationale.note.max-text-bytes", "65536")
                .containsEntry("rationale.drain-timeout", "120s")
                .as("environment variables stand above it")
                .containsEntry("config_ordinal", "275");
        assertThat(rendered.one("ConfigMap", "trial-rationale-taxonomy")
                        .at("/data/taxonomy.yaml")
                        .asText())
                .contains("title: \"Mine: 100 % \\\\ so\"");
    }

    @Test
    void shouldSayWhoMayCome() {
        // when
        Manifests tokens = Chart.render(Chart.valueSet("19-tokens"));
        Manifests issuer = Chart.render(Chart.valueSet("20-jwt"));
        Manifests anybody = Chart.render(Chart.valueSet("01-defaults"));

        // then
        String console = "trial-rationale-console";
        assertThat(tokens.properties(console))
                .containsEntry("rationale.auth.tokens-file", "/etc/rationale/tokens/tokens")
                .containsEntry("quarkus.http.proxy.trusted-proxies", "10.244.0.0/16,fd00::/8")
                .doesNotContainKey("rationale.auth.anonymous");
        JsonNode pod = tokens.one("StatefulSet", console).at("/spec/template/spec");
        assertThat(Manifests.stream(pod.path("volumes"))
                        .filter(each -> each.path("name").asText().equals("tokens")))
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.at("/secret/secretName").asText()).isEqualTo("console-tokens");
                    assertThat(volume.at("/secret/items/0/key").asText()).isEqualTo("tokens.txt");
                });
        assertThat(tokens.one("ServiceMonitor", "trial-rationale")
                        .at("/spec/endpoints/0/authorization/credentials/name")
                        .asText())
                .isEqualTo("metrics-token");
        assertThat(tokens.one("Pod", "trial-rationale-test")
                        .at("/spec/containers/0/env/0/valueFrom/secretKeyRef/name")
                        .asText())
                .isEqualTo("test-token");
        assertThat(issuer.properties(console))
                .containsEntry("rationale.auth.jwt.issuer", "https://login.example.org/realms/rag")
                .containsEntry("rationale.auth.jwt.roles-claim", "realm_access/roles");
        assertThat(issuer.ofKind("Pod")).as("a test without a token").isEmpty();
        assertThat(anybody.properties(console)).containsEntry("rationale.auth.anonymous", "allowed");
    }

    @Test
    void shouldNameTheInstanceStablyAndUniquely() {
        // when
        JsonNode container = Chart.render(Chart.valueSet("01-defaults"))
                .one("StatefulSet", "trial-rationale-classifier")
                .at("/spec/template/spec/containers/0");

        // then
        assertThat(Manifests.stream(container.path("env"))
                        .filter(each -> each.path("name").asText().equals("RATIONALE_CLASSIFIER_INSTANCE_ID"))
                        .map(each -> each.path("value").asText()))
                .containsExactly("$(POD_NAMESPACE).$(POD_NAME)");
    }

    @Test
    void shouldKeepWhatIsMadeAnewOnTheVolume() {
        // when
        Manifests rendered = Chart.render(Chart.valueSet("01-defaults"));

        // then
        JsonNode console = rendered.one("StatefulSet", "trial-rationale-console");
        String mount = Manifests.stream(console.at("/spec/template/spec/containers/0/volumeMounts"))
                .filter(each -> each.path("name").asText().equals("state"))
                .map(each -> each.path("mountPath").asText())
                .findFirst()
                .orElseThrow();
        Map<String, String> properties = rendered.properties("trial-rationale-console");
        assertThat(properties.get("kafka-streams.state.dir")).startsWith(mount + "/");
        assertThat(properties.get("rationale.search.directory")).startsWith(mount + "/");
        assertThat(properties).containsEntry("rationale.statistics.standby-replicas", "1");
        assertThat(console.at("/spec/volumeClaimTemplates/0/metadata/name").asText())
                .isEqualTo("state");
    }

    private static SmallRyeConfig config(Manifests rendered, String name) {
        Map<String, String> secrets = new HashMap<>();
        for (String hook : List.of("ops", "pager")) {
            if (rendered.properties(name).containsKey("rationale.alerts.webhooks." + hook + ".format")) {
                secrets.put("rationale.alerts.webhooks." + hook + ".url", "https://hooks.example.org/in");
            }
        }
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(rendered.properties(name), name, 300))
                .withSources(new PropertiesConfigSource(secrets, "secrets", 300))
                .withDefaultValue("java.io.tmpdir", "/tmp")
                .withMapping(name.endsWith("-classifier") ? ClassifierConfig.class : ConsoleConfig.class)
                .withDefaultValue("smallrye.config.mapping.validate-unknown", "false")
                .build();
    }

    private static boolean isKnown(String key, Set<String> known) {
        return known.stream().anyMatch(each -> key.matches(pattern(each)));
    }

    /** Of maps, {@code N} stands for any name. */
    private static String pattern(String key) {
        return key.replace(".", "\\.").replaceAll("\\\\\\.N(?=\\\\|$)", "\\\\.[^.]+");
    }

    private static String variable(String key) {
        return key.replaceAll("\\.N\\.", "__N__")
                .replaceAll("[-.]", "_")
                .toUpperCase(Locale.ROOT)
                .replace("__N__", "__[A-Z0-9]+__");
    }

    private static Set<String> knownKeys() {
        Set<String> keys = new TreeSet<>(QUARKUS);
        Stream.of(
                        keys("rationale", ClassifierConfig.class),
                        keys("rationale", ConsoleConfig.class),
                        keys("rationale.auth", AccessConfig.class),
                        keys("rationale.limits", LimitsConfig.class))
                .flatMap(each -> each)
                .forEach(keys::add);
        Stream.of(AdminClientConfig.configNames(), ProducerConfig.configNames(), ConsumerConfig.configNames())
                .flatMap(Set::stream)
                .forEach(key -> keys.add("kafka." + key));
        StreamsConfig.configDef().names().forEach(key -> keys.add("kafka-streams." + key));
        return keys;
    }

    private static Stream<String> keys(String prefix, Class<?> group) {
        return Arrays.stream(group.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .flatMap(method -> keys(prefix + "." + name(method), method));
    }

    private static Stream<String> keys(String name, Method method) {
        Class<?> type = method.getReturnType();
        if (type == Map.class) {
            ParameterizedType map = (ParameterizedType) method.getGenericReturnType();
            return map.getActualTypeArguments()[1] instanceof Class<?> values && values.isInterface()
                    ? keys(name + ".N", values)
                    : Stream.of(name + ".N");
        }
        return type.isInterface() && type.getName().startsWith("io.rationale.") ? keys(name, type) : Stream.of(name);
    }

    private static String name(Method method) {
        WithName given = method.getAnnotation(WithName.class);
        return given != null
                ? given.value()
                : method.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
