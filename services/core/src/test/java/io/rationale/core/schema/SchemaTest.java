package io.rationale.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {
    static List<String> names() {
        return SchemaFiles.names();
    }

    @Test
    void shouldHoldEverySchemaAgainstAJavaType() {
        assertThat(SchemaFiles.names())
                .containsExactlyInAnyOrderElementsOf(
                        EventType.ALL.stream().map(EventType::schema).toList());
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldBeJsonSchema202012(String name) {
        // given
        var dialect = SpecificationVersion.DRAFT_2020_12.getDialectId();
        var metaSchema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(dialect));

        // when
        JsonNode schema = SchemaFiles.source(name);

        // then
        assertThat(metaSchema.validate(schema)).isEmpty();
        assertThat(schema.path("$schema").textValue()).isEqualTo(dialect);
        assertThat(schema.path("$id").textValue()).isEqualTo("urn:rationale:schema:" + name.replace('.', ':'));
        assertThat(schema.path("title").textValue()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldDescribeEveryFieldAndTolerateUnknownOnes(String name) {
        // given
        JsonNode schema = SchemaFiles.source(name);

        // when
        var objects =
                Stream.concat(Stream.of(schema), Trees.pointers(schema).stream().map(schema::at));

        // then
        assertThat(objects.filter(JsonNode::isObject)).allSatisfy(object -> {
            for (var property : object.path("properties").properties()) {
                assertThat(property.getValue().path("description").textValue())
                        .as(property.getKey())
                        .isNotBlank();
            }
            assertThat(object.path("additionalProperties").isBoolean()).isFalse();
            assertThat(object.has("unevaluatedProperties")).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldStandAlone(String name) {
        assertThat(SchemaFiles.source(name).findValues("$ref"))
                .allSatisfy(ref -> assertThat(ref.textValue()).startsWith("#/$defs/"));
    }

    @Test
    void shouldNameTheSameEnumValuesAsJava() {
        // given
        JsonNode confidence = SchemaFiles.source("audit-event.v1").at("/$defs/verdict/properties/confidence/enum");
        JsonNode status = SchemaFiles.source("taxonomy.v1").at("/properties/status/enum");

        // when
        Set<String> java = codes(Verdict.Confidence.values());
        Set<String> javaStatus = codes(Taxonomy.Status.values());

        // then
        assertThat(texts(confidence)).isEqualTo(java);
        assertThat(texts(status)).isEqualTo(javaStatus);
    }

    @Test
    void shouldCallBlankWhatJavaCallsBlank() {
        // given
        JsonNode schema = SchemaFiles.source("note.v1");
        Pattern notBlank = Pattern.compile(schema.at("/properties/text/pattern").textValue());

        // when
        IntStream disagreements = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> notBlank.matcher(Character.toString(c)).find()
                        == Character.toString(c).isBlank());

        // then
        assertThat(disagreements).isEmpty();
        assertThat(schema.path("pattern")).isEqualTo(schema.at("/properties/text/pattern"));
    }

    @Test
    void shouldAcceptTheShippedTaxonomyAndTheSamples() {
        // given
        var samples = new String(
                SchemaFiles.bytes(SchemaFiles.PROJECT.resolve("samples/rag-reports.jsonl")), StandardCharsets.UTF_8);

        // when
        var notes = samples.lines().map(line -> Json.tree(line.getBytes(StandardCharsets.UTF_8)));

        // then
        assertThat(notes).isNotEmpty().allSatisfy(note -> assertThat(SchemaFiles.faults("note.v1", note))
                .isEmpty());
        assertThat(SchemaFiles.faults("taxonomy.v1", Json.tree(Json.bytes(Taxonomies.ragFailures()))))
                .isEmpty();
    }

    private static Set<String> codes(Object[] values) {
        return texts(Json.tree(Json.bytes(values)));
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(value -> {
            if (value.isTextual()) {
                texts.add(value.textValue());
            }
        });
        return texts;
    }
}
