package io.rationale.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.rationale.core.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An OpenAPI document as tests read it. */
final class OpenApiDocument {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final JsonNode root;

    OpenApiDocument(JsonNode root) {
        this.root = root;
    }

    /** An operation. */
    record Operation(String method, String path, JsonNode json) {
        @Override
        public String toString() {
            return method.toUpperCase(java.util.Locale.ROOT) + " " + path;
        }
    }

    JsonNode root() {
        return root;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(method -> METHODS.contains(method.getKey()))
                .forEach(method -> operations.add(new Operation(method.getKey(), path.getKey(), method.getValue()))));
        return operations;
    }

    List<JsonNode> parameters(Operation operation) {
        List<JsonNode> parameters = new ArrayList<>();
        operation.json().path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
        return parameters;
    }

    /** The answer of that status, else the default one. */
    JsonNode response(Operation operation, int status) {
        JsonNode responses = operation.json().path("responses");
        return resolved(responses.path(responses.has(String.valueOf(status)) ? String.valueOf(status) : "default"));
    }

    /**
     * Path and query with the examples of the parameters.
     *
     * @param instead values of parameters whose example does not exist here
     */
    String exampleUri(Operation operation, Map<String, JsonNode> instead) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : parameters(operation)) {
            String name = parameter.path("name").asText();
            JsonNode example = instead.getOrDefault(name, parameter.path("example"));
            for (JsonNode value : example.isArray() ? example : List.of(example)) {
                String encoded = URLEncoder.encode(value.asText(), StandardCharsets.UTF_8)
                        .replace("+", "%20");
                switch (parameter.path("in").asText()) {
                    case "path" -> path = path.replace("{" + name + "}", encoded);
                    case "query" -> {
                        if (!value.isMissingNode()) {
                            query.append(query.isEmpty() ? '?' : '&')
                                    .append(name)
                                    .append('=')
                                    .append(encoded);
                        }
                    }
                    default -> {
                        // Headers are optional.
                    }
                }
            }
        }
        return path + query;
    }

    /** What is wrong with a value in the eyes of a schema of this document. */
    List<String> faults(JsonNode schema, JsonNode value) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", root.path("components"));
        return REGISTRY.getSchema(Json.line(whole), InputFormat.JSON).validate(value).stream()
                .map(Error::toString)
                .toList();
    }

    /** Fields of a value that a schema of this document does not tell of; those of objects left open are its own affair. */
    List<String> undescribed(JsonNode schema, JsonNode value) {
        JsonNode known = resolved(schema);
        List<String> found = new ArrayList<>();
        value.forEach(item -> {
            if (value.isArray()) {
                found.addAll(undescribed(known.path("items"), item));
            }
        });
        value.properties().forEach(field -> {
            JsonNode property = known.path("properties").path(field.getKey());
            if (known.has("properties") && property.isMissingNode()) {
                found.add(field.getKey());
            }
            found.addAll(undescribed(property, field.getValue()));
        });
        return found;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }
}
