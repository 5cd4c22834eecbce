package io.rationale.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a chart was rendered to. */
record Manifests(List<JsonNode> objects) {
    Manifests {
        objects = List.copyOf(objects);
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(each -> each.path("kind").asText().equals(kind));
    }

    JsonNode one(String kind, String name) {
        return find(kind, name).orElseThrow(() -> new AssertionError("There is no " + kind + " " + name));
    }

    Optional<JsonNode> find(String kind, String name) {
        return ofKind(kind).filter(each -> name(each).equals(name)).findFirst();
    }

    /** Everything that makes pods, as template with metadata and spec, and pods themselves. */
    List<JsonNode> podTemplates() {
        List<JsonNode> templates = new ArrayList<>();
        ofKind("Pod").forEach(templates::add);
        objects.stream()
                .map(each -> each.at("/spec/template"))
                .filter(each -> each.has("spec"))
                .forEach(templates::add);
        return templates;
    }

    /** Of all pods. */
    List<JsonNode> containers() {
        return podTemplates().stream()
                .flatMap(each -> stream(each.at("/spec/containers")))
                .toList();
    }

    /** The properties file of a ConfigMap. */
    Map<String, String> properties(String configMap) {
        Properties read = new Properties();
        try {
            read.load(new StringReader(one("ConfigMap", configMap)
                    .at("/data/application.properties")
                    .asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> sorted = new TreeMap<>();
        read.stringPropertyNames().forEach(name -> sorted.put(name, read.getProperty(name)));
        return sorted;
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static String title(JsonNode object) {
        return object.path("kind").asText() + "/" + name(object);
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
