package io.rationale.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.rationale.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The files of the {@code schemas} folder; formats are asserted. */
final class SchemaFiles {
    /** Surefire runs in the module's folder. */
    static final Path PROJECT = Path.of("..", "..");

    static final Path FOLDER = PROJECT.resolve("schemas");
    private static final String SUFFIX = ".schema.json";

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private SchemaFiles() {}

    /** The schemas' names, {@code note.v1} for instance. */
    static List<String> names() {
        return list(FOLDER)
                .map(path -> path.getFileName().toString())
                .filter(file -> file.endsWith(SUFFIX))
                .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                .toList();
    }

    /** The schema itself as JSON. */
    static JsonNode source(String name) {
        return Json.tree(bytes(FOLDER.resolve(name + SUFFIX)));
    }

    /** What is wrong with the value in the schema's eyes; empty when it is valid. */
    static List<String> faults(String name, JsonNode value) {
        return schema(name).validate(value).stream().map(Error::toString).toList();
    }

    /** The golden examples of all schemas, in order. */
    static List<Example> examples() {
        return list(FOLDER.resolve("examples")).map(Example::of).toList();
    }

    /** The golden examples of one schema. */
    static List<Example> examples(String schema) {
        return examples().stream()
                .filter(example -> example.schema().equals(schema))
                .toList();
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema schema(String name) {
        return SCHEMAS.computeIfAbsent(name, n -> REGISTRY.getSchema(Json.line(source(n)), InputFormat.JSON));
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A golden example; its file is named {@code <schema>.<what>.json}. */
    record Example(String schema, Path file, JsonNode json) {
        static Example of(Path file) {
            String[] parts = file.getFileName().toString().split("\\.");
            return new Example(parts[0] + "." + parts[1], file, Json.tree(bytes(file)));
        }

        @Override
        public String toString() {
            return file.getFileName().toString();
        }
    }
}
