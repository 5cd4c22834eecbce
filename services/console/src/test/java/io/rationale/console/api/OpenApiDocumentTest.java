package io.rationale.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.rationale.console.api.OpenApiDocument.Operation;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the hand-written document against the code, and against itself. */
class OpenApiDocumentTest {
    private static final java.nio.file.Path CLASSES = java.nio.file.Path.of("target", "classes");

    private final OpenApiDocument document = read();

    private static OpenApiDocument read() {
        try {
            return new OpenApiDocument(
                    new YAMLMapper().readTree(OpenApiResource.class.getResourceAsStream("openapi.yaml")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldDescribeEveryRouteAndNothingElse() throws Exception {
        // given
        Set<String> routes = new TreeSet<>();
        try (Stream<java.nio.file.Path> files = Files.walk(CLASSES)) {
            for (java.nio.file.Path file :
                    files.filter(f -> f.toString().endsWith("Resource.class")).toList()) {
                String name = CLASSES.relativize(file)
                        .toString()
                        .replace(".class", "")
                        .replace('/', '.');
                routes.addAll(routes(Class.forName(name)));
            }
        }

        // when
        Set<String> described =
                document.operations().stream().map(Operation::toString).collect(Collectors.toCollection(TreeSet::new));

        // then
        assertThat(described).isEqualTo(routes);
    }

    private static Set<String> routes(Class<?> resource) {
        String base = resource.getAnnotation(Path.class).value();
        Set<String> routes = new TreeSet<>();
        for (Method method : resource.getDeclaredMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (http != null) {
                    Path path = method.getAnnotation(Path.class);
                    String whole = base + (path == null ? "" : "/" + path.value());
                    routes.add(http.value() + " " + whole.replaceAll("\\{(\\w+)\\s*:[^}]*}", "{$1}"));
                }
            }
        }
        return routes;
    }

    @Test
    void shouldExplainEveryOperation() {
        assertThat(document.operations()).isNotEmpty().allSatisfy(operation -> {
            assertThat(operation.json().path("summary").asText()).isNotBlank();
            assertThat(operation.json().path("operationId").asText()).isNotBlank();
            assertThat(operation.json().path("tags")).isNotEmpty();
            assertThat(operation.json().at("/responses/default").isMissingNode())
                    .isFalse();
            assertThat(document.parameters(operation)).allSatisfy(parameter -> {
                assertThat(parameter.path("description").asText()).isNotBlank();
                assertThat(parameter.path("schema")).isNotEmpty();
            });
        });
        assertThat(document.root().at("/info/license/name").asText()).isEqualTo("Apache-2.0");
    }

    @Test
    void shouldGiveExamplesThatFitTheirSchemas() {
        // given
        Set<JsonNode> media = document.root().findParents("example").stream()
                .filter(parent -> parent.has("schema"))
                .collect(Collectors.toSet());

        // then
        assertThat(media).hasSizeGreaterThan(8).allSatisfy(each -> assertThat(
                        document.faults(each.path("schema"), each.path("example")))
                .isEmpty());
    }

    @Test
    void shouldGiveAnExampleOfEveryJsonAnswer() {
        assertThat(document.operations())
                .allSatisfy(operation -> operation.json().path("responses").forEach(answer -> {
                    JsonNode json = answer.at("/content/application~1json");
                    assertThat(json.isMissingNode() || json.has("example")).isTrue();
                }));
    }

    @Test
    void shouldReferToWhatExists() {
        assertThat(document.root().findValuesAsText("$ref")).isNotEmpty().allSatisfy(ref -> assertThat(
                        document.root().at(ref.substring(1)).isMissingNode())
                .isFalse());
    }
}
