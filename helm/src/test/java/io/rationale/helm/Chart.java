package io.rationale.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The chart of this repository, and what Helm makes of it. */
final class Chart {
    /** Surefire runs in the module's folder. */
    static final Path FOLDER = Path.of("rationale");

    static final Path PROJECT = Path.of("..");
    static final YAMLMapper YAML = new YAMLMapper();

    private static final String NOTES = """
            {{- define "notes" -}}
            %s
            {{- end -}}
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: notes
            data:
              notes: {{ include "notes" . | quote }}
            """;
    private static final Path WITHOUT_HOOKS = withoutHooks();
    private static final Path VALUES = Path.of("src", "test", "resources", "values");

    private Chart() {}

    /** The sets of values that are tried, each a file. */
    static Stream<Path> valueSets() {
        try (Stream<Path> files = Files.list(VALUES)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path valueSet(String name) {
        return VALUES.resolve(name + ".yaml");
    }

    /** Rendered as the release {@code trial} in the namespace {@code rag}. */
    static Manifests render(Path values) {
        return parse(template().withValuesFile(values).call());
    }

    /** The same with values as YAML. */
    static Manifests render(String values) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            try {
                return render(Files.writeString(file, values));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TemplateCommand template() {
        return new Helm(WITHOUT_HOOKS).template().withName("trial").withNamespace("rag");
    }

    /**
     * A copy in which hooks are objects like others, and what NOTES say is a ConfigMap: Helm keeps both apart, and
     * helm-java leaves them out.
     */
    private static Path withoutHooks() {
        Path copy = Path.of("target", "chart-without-hooks", "rationale");
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(FOLDER.relativize(file));
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(file).replace("helm.sh/hook", "was-helm.sh/hook"));
            }
            Files.writeString(
                    copy.resolve("templates").resolve("notes.yaml"),
                    NOTES.formatted(Files.readString(FOLDER.resolve("templates").resolve("NOTES.txt"))));
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(Path file) {
        try {
            return YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Manifests parse(String rendered) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(new StringReader(rendered))) {
            List<JsonNode> objects = documents.readAll().stream()
                    .filter(each -> each != null && each.isObject())
                    .toList();
            return new Manifests(objects);
        } catch (IOException e) {
            throw new UncheckedIOException(rendered, e);
        }
    }
}
