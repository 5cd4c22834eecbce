package io.rationale.helm;

import static io.rationale.helm.Manifests.stream;
import static io.rationale.helm.Manifests.title;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds whatever the values are. */
class ManifestsTest {
    private static final Set<String> HOOKS = Set.of("pre-install,pre-upgrade", "test");

    static Stream<Path> valueSets() {
        return Chart.valueSets();
    }

    @Test
    void shouldPassHelmsOwnLint() {
        // when
        LintResult lint = new Helm(Chart.FOLDER).lint().strict().call();

        // then
        assertThat(lint.isFailed()).as(String.join("\n", lint.getMessages())).isFalse();
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void shouldBeWhatKubernetesKnows(Path values) {
        // when
        Manifests rendered = Chart.render(values);

        // then
        assertThat(rendered.objects()).hasSizeGreaterThan(5);
        for (JsonNode object : rendered.objects()) {
            assertThat(StrictTypes.faults(object)).as(title(object)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void shouldNameObjectsOnceAndByTheRules(Path values) {
        // when
        Manifests rendered = Chart.render(values);

        // then
        Set<String> titles = new HashSet<>();
        for (JsonNode object : rendered.objects()) {
            assertThat(titles.add(title(object))).as(title(object)).isTrue();
            assertThat(Manifests.name(object))
                    .matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?")
                    .hasSizeLessThanOrEqualTo(63);
            object.at("/metadata/labels").properties().forEach(label -> assertThat(
                            label.getValue().asText())
                    .as(label.getKey())
                    .matches("([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?")
                    .hasSizeLessThanOrEqualTo(63));
            String hook = object.at("/metadata/annotations/was-helm.sh~1hook").asText("");
            assertThat(hook.isEmpty() || HOOKS.contains(hook)).as(hook).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void shouldSelectExactlyOneKindOfPod(Path values) {
        // given
        Manifests rendered = Chart.render(values);
        List<JsonNode> pods = rendered.podTemplates();

        // when
        List<JsonNode> selectors = new ArrayList<>();
        rendered.ofKind("Service").map(each -> each.at("/spec/selector")).forEach(selectors::add);
        Stream.of("StatefulSet", "Deployment", "PodDisruptionBudget")
                .flatMap(rendered::ofKind)
                .map(each -> each.at("/spec/selector/matchLabels"))
                .forEach(selectors::add);
        rendered.ofKind("NetworkPolicy")
                .map(each -> each.at("/spec/podSelector/matchLabels"))
                .forEach(selectors::add);

        // then
        for (JsonNode selector : selectors) {
            assertThat(pods.stream().filter(pod -> matches(selector, pod)).count())
                    .as(selector.toString())
                    .isEqualTo(1);
        }
        for (JsonNode monitor : rendered.ofKind("ServiceMonitor").toList()) {
            assertThat(rendered.ofKind("Service")
                            .filter(each -> matches(monitor.at("/spec/selector/matchLabels"), each))
                            .map(Manifests::name))
                    .containsExactlyInAnyOrder("trial-rationale-classifier", "trial-rationale-console-instances");
        }
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void shouldPointAtWhatIsThere(Path values) {
        // when
        Manifests rendered = Chart.render(values);

        // then: ports, governing services, claims, volumes, ConfigMaps of our own
        for (JsonNode service : rendered.ofKind("Service").toList()) {
            JsonNode pod = rendered.podTemplates().stream()
                    .filter(each -> matches(service.at("/spec/selector"), each))
                    .findFirst()
                    .orElseThrow();
            assertThat(pod.at("/spec/containers/0/ports/0/name").asText())
                    .isEqualTo(service.at("/spec/ports/0/targetPort").asText());
        }
        for (JsonNode set : rendered.ofKind("StatefulSet").toList()) {
            JsonNode service =
                    rendered.one("Service", set.at("/spec/serviceName").asText());
            assertThat(service.at("/spec/clusterIP").asText()).isEqualTo("None");
        }
        for (JsonNode owner : rendered.objects()) {
            JsonNode pod = owner.path("kind").asText().equals("Pod") ? owner : owner.at("/spec/template");
            if (pod.has("spec")) {
                assertVolumes(rendered, owner, pod.path("spec"));
            }
        }
        for (JsonNode scaled : rendered.ofKind("ScaledObject").toList()) {
            JsonNode target = rendered.one(
                    scaled.at("/spec/scaleTargetRef/kind").asText(),
                    scaled.at("/spec/scaleTargetRef/name").asText());
            assertThat(target.path("spec").has("replicas"))
                    .as("Helm would set back what KEDA decided")
                    .isFalse();
        }
        for (JsonNode route : rendered.ofKind("Ingress").toList()) {
            rendered.one(
                    "Service",
                    route.at("/spec/rules/0/http/paths/0/backend/service/name").asText());
        }
        for (JsonNode route : rendered.ofKind("HTTPRoute").toList()) {
            JsonNode backend = route.at("/spec/rules/0/backendRefs/0");
            JsonNode service = rendered.one("Service", backend.path("name").asText());
            assertThat(service.at("/spec/ports/0/port").asInt())
                    .isEqualTo(backend.path("port").asInt());
        }
    }

    private static void assertVolumes(Manifests rendered, JsonNode owner, JsonNode pod) {
        List<String> there = new ArrayList<>(stream(pod.path("volumes"))
                .map(each -> each.path("name").asText())
                .toList());
        stream(owner.at("/spec/volumeClaimTemplates")).forEach(each -> there.add(Manifests.name(each)));
        List<String> mounted = stream(pod.at("/containers/0/volumeMounts"))
                .map(each -> each.path("name").asText())
                .toList();
        assertThat(mounted).as(title(owner)).containsExactlyInAnyOrderElementsOf(there);
        stream(pod.path("volumes"))
                .map(each -> each.at("/configMap/name").asText(""))
                .filter(name -> name.contains("rationale") || name.startsWith("triage"))
                .forEach(name -> rendered.one("ConfigMap", name));
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void shouldMeetTheRestrictedLevelInEveryPod(Path values) {
        // when
        Manifests rendered = Chart.render(values);

        // then
        for (JsonNode pod : rendered.podTemplates()) {
            JsonNode spec = pod.path("spec");
            assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(spec.at("/securityContext/runAsUser").asInt()).isEqualTo(10001);
            assertThat(spec.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(spec.path("automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            assertThat(spec.path("enableServiceLinks").asBoolean(true))
                    .as("a Service named kafka would configure Kafka's clients")
                    .isFalse();
            for (JsonNode container : spec.path("containers")) {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                assertThat(container.at("/resources/requests/memory").asText()).isNotEmpty();
                assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
                assertThat(container.path("image").asText())
                        .matches("(\\S+/)?rationale-[-a-z0-9]+(:[-._a-zA-Z0-9]+|@sha256:[0-9a-f]{64})")
                        .doesNotEndWith(":latest");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void shouldLeaveTimeToDrain(Path values) {
        // when
        Manifests rendered = Chart.render(values);

        // then
        String name = rendered.ofKind("StatefulSet")
                .map(Manifests::name)
                .filter(each -> each.endsWith("-classifier"))
                .findFirst()
                .orElseThrow();
        int drain = Integer.parseInt(
                rendered.properties(name).get("rationale.drain-timeout").replace("s", ""));
        int grace = rendered.one("StatefulSet", name)
                .at("/spec/template/spec/terminationGracePeriodSeconds")
                .asInt();
        assertThat(drain).isLessThanOrEqualTo(grace - 15);
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void shouldTakeSecretsFromSecretsOnly(Path values) {
        // when
        Manifests rendered = Chart.render(values);

        // then
        assertThat(rendered.ofKind("Secret")).as("the chart makes none").isEmpty();
        rendered.ofKind("ConfigMap").forEach(map -> assertThat(map.path("data").toString())
                .doesNotContainPattern("(?i)password|jaas|api-key|\\.token(?!s-file)|PRIVATE KEY"));
        for (JsonNode container : rendered.containers()) {
            assertThat(container.path("args").toString()).doesNotContainPattern("(?i)password|jaas|api-key|token");
            for (JsonNode variable : container.path("env")) {
                if (variable.path("name").asText().matches(".*(JAAS|KEY|TOKEN|PASSWORD|URL).*")) {
                    assertThat(variable.at("/valueFrom/secretKeyRef/name").asText())
                            .as(variable.toString())
                            .isNotEmpty();
                }
            }
        }
    }

    @Test
    void shouldNoticeWhatKubernetesDoesNotKnow() {
        // given: the check itself
        ObjectNode service = (ObjectNode) Chart.render(Chart.valueSet("01-defaults"))
                .one("Service", "trial-rationale-console")
                .deepCopy();
        ((ObjectNode) service.path("spec")).put("selctor", "x").put("type", 7);
        ((ObjectNode) service.at("/spec/ports/0")).put("port", "80").remove("targetPort");
        ((ObjectNode) service.at("/spec/ports/0")).remove("port");

        // when
        List<String> faults = StrictTypes.faults(service);

        // then
        assertThat(faults)
                .contains(
                        "/spec/selctor is unknown to V1ServiceSpec",
                        "/spec/type is 7 and not a text",
                        "/spec/ports/0/port is missing");
    }

    private static boolean matches(JsonNode selector, JsonNode pod) {
        JsonNode labels = pod.at("/metadata/labels");
        return selector.properties().stream().allMatch(each -> each.getValue().equals(labels.get(each.getKey())));
    }
}
