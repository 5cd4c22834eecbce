package io.rationale.helm;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.annotations.SerializedName;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.strimzi.api.kafka.model.topic.KafkaTopicSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds manifests against the types of Kubernetes, Gateway API, Prometheus' operator and Strimzi as their Java clients have
 * them, which are generated from the same definitions that the API servers check by: each field must be known and of its
 * kind (a number where a text is wanted is what templates get wrong most), and required ones must be there. The clients'
 * own readers are more lenient: they turn numbers into texts, and some keep unknown fields. KEDA has no Java types; of its
 * ScaledObject, a schema in {@code src/test/resources} knows what is used here.
 */
final class StrictTypes {
    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("v1 ConfigMap", V1ConfigMap.class),
            Map.entry("v1 Pod", V1Pod.class),
            Map.entry("v1 Service", V1Service.class),
            Map.entry("v1 ServiceAccount", V1ServiceAccount.class),
            Map.entry("apps/v1 Deployment", V1Deployment.class),
            Map.entry("apps/v1 StatefulSet", V1StatefulSet.class),
            Map.entry("batch/v1 Job", V1Job.class),
            Map.entry("networking.k8s.io/v1 Ingress", V1Ingress.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy.class),
            Map.entry("policy/v1 PodDisruptionBudget", V1PodDisruptionBudget.class),
            Map.entry("gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class),
            Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class));

    private static final Set<String> TOPICS =
            Set.of("kafka.strimzi.io/v1beta2 KafkaTopic", "kafka.strimzi.io/v1 KafkaTopic");
    private static final String SCALED_OBJECT = "keda.sh/v1alpha1 ScaledObject";
    private static final Set<String> ENVELOPE = Set.of("apiVersion", "kind", "metadata", "spec");

    private final List<String> faults = new ArrayList<>();

    private StrictTypes() {}

    /** What is wrong with an object, with paths; empty when nothing is. */
    static List<String> faults(JsonNode object) {
        StrictTypes types = new StrictTypes();
        String type =
                object.path("apiVersion").asText() + " " + object.path("kind").asText();
        if (TOPICS.contains(type)) {
            types.envelope(object);
            types.check(object.path("spec"), KafkaTopicSpec.class, "/spec");
        } else if (SCALED_OBJECT.equals(type)) {
            types.envelope(object);
            types.scaledObject(object);
        } else if (TYPES.containsKey(type)) {
            types.check(object, TYPES.get(type), "");
        } else {
            types.faults.add("unknown type " + type);
        }
        return types.faults;
    }

    private void envelope(JsonNode object) {
        object.fieldNames().forEachRemaining(name -> {
            if (!ENVELOPE.contains(name)) {
                faults.add("/" + name + " is unknown");
            }
        });
        check(object.path("metadata"), V1ObjectMeta.class, "/metadata");
    }

    private void scaledObject(JsonNode object) {
        try (InputStream schema = StrictTypes.class.getResourceAsStream("/keda-scaledobject.schema.json")) {
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(schema.readAllBytes(), StandardCharsets.UTF_8))
                    .validate(object.toString(), InputFormat.JSON)
                    .forEach(error -> faults.add(error.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(JsonNode value, Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            container(value, generic, path);
        } else if (type instanceof Class<?> known) {
            if (isModel(known)) {
                object(value, known, path);
            } else {
                scalar(value, known, path);
            }
        } else {
            faults.add(path + ": no such type is expected here: " + type);
        }
    }

    private void container(JsonNode value, ParameterizedType type, String path) {
        Type[] arguments = type.getActualTypeArguments();
        Class<?> raw = (Class<?>) type.getRawType();
        if (Collection.class.isAssignableFrom(raw)) {
            expect(value.isArray(), value, "a list", path);
            for (int i = 0; i < value.size(); i++) {
                check(value.get(i), arguments[0], path + "/" + i);
            }
        } else if (Map.class.isAssignableFrom(raw)) {
            expect(value.isObject(), value, "a map", path);
            value.properties().forEach(each -> check(each.getValue(), arguments[1], path + "/" + each.getKey()));
        } else {
            object(value, raw, path);
        }
    }

    private void object(JsonNode value, Class<?> type, String path) {
        expect(value.isObject(), value, "an object", path);
        Map<String, Type> fields = fields(type);
        value.properties().forEach(each -> {
            Type field = fields.get(each.getKey());
            if (field == null) {
                faults.add(path + "/" + each.getKey() + " is unknown to " + type.getSimpleName());
            } else {
                check(each.getValue(), field, path + "/" + each.getKey());
            }
        });
        required(type).stream()
                .filter(name -> !value.has(name))
                .forEach(name -> faults.add(path + "/" + name + " is missing"));
    }

    private void scalar(JsonNode value, Class<?> type, String path) {
        if (type == String.class || type.getName().startsWith("java.time.") || type.isEnum()) {
            expect(value.isTextual(), value, "a text", path);
        } else if (type == Integer.class || type == Long.class || type == int.class) {
            expect(value.isIntegralNumber(), value, "a whole number", path);
        } else if (type == Boolean.class || type == boolean.class) {
            expect(value.isBoolean(), value, "true or false", path);
        } else if (type == Double.class) {
            expect(value.isNumber(), value, "a number", path);
        } else if (type.getSimpleName().equals("IntOrString")) {
            expect(value.isIntegralNumber() || value.isTextual(), value, "a whole number or a text", path);
        } else if (type.getSimpleName().equals("Quantity")) {
            expect(
                    value.isNumber() || value.asText().matches("[0-9.]+(m|k|M|G|T|P|E|[KMGTPE]i)?"),
                    value,
                    "a quantity",
                    path);
        } else if (type != Object.class) {
            faults.add(path + ": no such type is expected here: " + type);
        }
    }

    private void expect(boolean isSo, JsonNode value, String what, String path) {
        if (!isSo) {
            faults.add(path + " is " + value + " and not " + what);
        }
    }

    private static boolean isModel(Class<?> type) {
        String name = type.getName();
        return !type.isEnum()
                && !type.getSimpleName().equals("IntOrString")
                && !type.getSimpleName().equals("Quantity")
                && (name.startsWith("io.kubernetes.client.openapi.models.")
                        || name.startsWith("io.fabric8.")
                        || name.startsWith("io.strimzi."));
    }

    private static Map<String, Type> fields(Class<?> type) {
        Map<String, Type> fields = new HashMap<>();
        for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    fields.put(name(field), field.getGenericType());
                }
            }
        }
        fields.remove("additionalProperties");
        return fields;
    }

    private static String name(Field field) {
        SerializedName gson = field.getAnnotation(SerializedName.class);
        JsonProperty jackson = field.getAnnotation(JsonProperty.class);
        if (gson != null) {
            return gson.value();
        }
        return jackson != null && !jackson.value().isEmpty() ? jackson.value() : field.getName();
    }

    private static Set<String> required(Class<?> type) {
        try {
            Set<String> names = new HashSet<>();
            for (Object each :
                    (Collection<?>) type.getField("openapiRequiredFields").get(null)) {
                names.add(each.toString());
            }
            return names;
        } catch (NoSuchFieldException e) {
            return Set.of();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
