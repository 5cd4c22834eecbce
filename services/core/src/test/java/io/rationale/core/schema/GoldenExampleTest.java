package io.rationale.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.schema.SchemaFiles.Example;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.verdict.Evidence;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenExampleTest {
    static List<Example> examples() {
        return SchemaFiles.examples();
    }

    static List<String> schemas() {
        return SchemaFiles.names();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldExistTwiceForEverySchema(String schema) {
        assertThat(SchemaFiles.examples(schema))
                .hasSizeGreaterThanOrEqualTo(2)
                .anySatisfy(example -> assertThat(example.toString()).contains("minimal"))
                .anySatisfy(example -> assertThat(example.toString()).contains("full"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldBeValid(Example example) {
        assertThat(SchemaFiles.faults(example.schema(), example.json())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldComeBackTheSame(Example example) {
        // given
        EventType<?> type = EventType.of(example.schema());

        // when
        JsonNode again = type.rewrite(example.json());

        // then
        assertThat((Object) Trees.byValue(again))
                .isEqualTo(Trees.byValue(Defaults.filledIn(example.schema(), example.json())));
        assertThat(SchemaFiles.faults(example.schema(), again)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldStayReadableWithUnknownFieldsAtEveryLevel(Example example) {
        // given
        EventType<?> type = EventType.of(example.schema());
        JsonNode unknown = example.schema().equals("dead-letter-headers.v1")
                ? TextNode.valueOf("später")
                : Json.mapper().createObjectNode().put("später", 1);
        JsonNode later = Trees.withUnknownFields(example.json(), unknown);

        // when
        JsonNode again = type.rewrite(later);

        // then
        assertThat(SchemaFiles.faults(example.schema(), later)).isEmpty();
        assertThat((Object) again).isEqualTo(type.rewrite(example.json()));
    }

    /** A full example has every field of its schema: a field that is added needs an example. */
    @ParameterizedTest
    @MethodSource("schemas")
    void shouldShowEveryFieldOfTheSchema(String schema) {
        // given
        JsonNode source = SchemaFiles.source(schema);

        // when
        var fields = source.findValues("properties").stream().flatMap(p -> p.properties().stream());

        // then
        assertThat(fields).allSatisfy(field -> assertThat(SchemaFiles.examples(schema))
                .anySatisfy(example ->
                        assertThat(example.json().findValue(field.getKey())).isNotNull()));
    }

    @Test
    void shouldQuoteVerbatim() {
        // given
        var verdicts = SchemaFiles.examples("audit-event.v1").stream()
                .map(example -> Json.read(Json.bytes(example.json()), AuditEvent.class))
                .filter(AuditEvent.Classified.class::isInstance)
                .map(AuditEvent.Classified.class::cast);

        // when
        var quotes = verdicts.flatMap(event -> event.verdict().evidence().stream()
                .map(evidence -> List.of(quoted(event.note(), evidence), evidence.quote())));

        // then
        assertThat(quotes).isNotEmpty().allSatisfy(pair -> assertThat(pair.get(0))
                .isEqualTo(pair.get(1)));
    }

    @Test
    void shouldReadTaxonomiesAsYamlToo() throws IOException {
        for (Example example : SchemaFiles.examples("taxonomy.v1")) {
            // when
            Taxonomy yaml = Taxonomies.read(example.file());

            // then
            assertThat(yaml).isEqualTo(Json.read(Json.bytes(example.json()), Taxonomy.class));
        }
    }

    @Test
    void shouldTakeNullForAbsentInNotes() {
        // given
        ObjectNode note = Json.mapper().createObjectNode().put("text", "Cites the wrong page.");
        ObjectNode nulls = note.deepCopy();
        SchemaFiles.source("note.v1").path("properties").fieldNames().forEachRemaining(nulls::putNull);
        nulls.set("text", note.get("text"));

        // when
        JsonNode again = EventType.of("note.v1").rewrite(nulls);

        // then
        assertThat(SchemaFiles.faults("note.v1", nulls)).isEmpty();
        assertThat((Object) again).isEqualTo(EventType.of("note.v1").rewrite(note));
    }

    private static String quoted(Note note, Evidence evidence) {
        String field =
                switch (evidence.field()) {
                    case "text" -> note.text();
                    case "contexts[1]" -> note.contexts().get(1).text();
                    default -> throw new AssertionError(evidence.field());
                };
        return field.substring(
                field.offsetByCodePoints(0, evidence.start()), field.offsetByCodePoints(0, evidence.end()));
    }
}
