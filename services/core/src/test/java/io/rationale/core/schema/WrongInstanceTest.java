package io.rationale.core.schema;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.json.Json;
import io.rationale.core.schema.SchemaFiles.Example;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WrongInstanceTest {
    /** The fields that may be left out; {@code *} stands for any place in a list. All others are required. */
    private static final Map<String, Set<String>> OPTIONAL = Map.ofEntries(
            entry(
                    "note.v1",
                    Set.of(
                            "/id",
                            "/source",
                            "/observedAt",
                            "/question",
                            "/answer",
                            "/expected",
                            "/contexts",
                            "/labels",
                            "/traceId",
                            "/redacted",
                            "/contexts/*/id",
                            "/contexts/*/rank",
                            "/contexts/*/score",
                            "/contexts/*/text")),
            entry(
                    "audit-event.v1 classified",
                    Set.of(
                            "/note/observedAt",
                            "/note/question",
                            "/note/answer",
                            "/note/expected",
                            "/note/traceId",
                            "/note/redacted",
                            "/note/contexts/*/id",
                            "/note/contexts/*/rank",
                            "/note/contexts/*/score",
                            "/position/resentBy",
                            "/verdict/secondary",
                            "/verdict/reasoning/exchange",
                            "/verdict/checks/injected",
                            "/verdict/provenance/server",
                            "/verdict/provenance/endpoint",
                            "/verdict/provenance/sampling",
                            "/verdict/provenance/sampling/seed",
                            "/verdict/provenance/batchId",
                            "/verdict/provenance/sameTextAs",
                            "/verdict/provenance/reclassification",
                            "/verdict/samples",
                            "/verdict/samples/*/exchange")),
            entry(
                    "audit-event.v1 unclassifiable",
                    Set.of(
                            "/reclassification",
                            "/note/observedAt",
                            "/note/question",
                            "/note/answer",
                            "/note/expected",
                            "/note/traceId",
                            "/note/redacted",
                            "/note/contexts/*/id",
                            "/note/contexts/*/rank",
                            "/note/contexts/*/score",
                            "/position/resentBy")),
            entry("audit-chain.v1 sealed", Set.of("/published")),
            entry("audit-chain.v1 erased", Set.of("/reason", "/erasure", "/replacement")),
            entry("audit-event.v1 erased", Set.of("/reason")),
            entry("audit-event.v1 reviewed", Set.of("/oldCategory", "/reason", "/selection")),
            entry(
                    "exchange.v1",
                    Set.of(
                            "/firstPayloadMillis",
                            "/endpoint",
                            "/server",
                            "/model",
                            "/request",
                            "/response",
                            "/responseBase64",
                            "/reasoning",
                            "/content",
                            "/usage")),
            entry(
                    "taxonomy.v1",
                    Set.of(
                            "/discovery",
                            "/title",
                            "/status",
                            "/crosswalk",
                            "/basedOn",
                            "/activation",
                            "/categories/*/parent",
                            "/categories/*/name",
                            "/categories/*/notThis",
                            "/categories/*/examples",
                            "/categories/*/remedy",
                            "/categories/*/colour")),
            entry(
                    "category-statistics.v1",
                    Set.of("/category", "/taxonomy", "/partition", "/span", "/dimension", "/value", "/generation")),
            entry("dead-letter-headers.v1", Set.of("/field", "/redacted")),
            entry("dead-letter.v1", Set.of("/field", "/redacted", "/text")),
            entry("remedy.v1", Set.of("/withdrawal")),
            entry("intake-request.v1", Set.of("/answer/errors/*/field")),
            entry(
                    "discovery-request.v1",
                    Set.of(
                            "/asked",
                            "/asked/window",
                            "/asked/from",
                            "/asked/to",
                            "/asked/taxonomy",
                            "/asked/maxAgreement",
                            "/asked/notes",
                            "/asked/runs",
                            "/asked/language",
                            "/asked/seed",
                            "/settings",
                            "/sample",
                            "/sample/notes/*/note/observedAt",
                            "/sample/notes/*/note/question",
                            "/sample/notes/*/note/answer",
                            "/sample/notes/*/note/expected",
                            "/sample/notes/*/note/traceId",
                            "/sample/notes/*/note/redacted",
                            "/sample/notes/*/note/contexts/*/id",
                            "/sample/notes/*/note/contexts/*/rank",
                            "/sample/notes/*/note/contexts/*/score")),
            entry(
                    "discovery.v1",
                    Set.of(
                            "/progress",
                            "/progress/usage",
                            "/startedAt",
                            "/sampled",
                            "/population",
                            "/result/steps/*/partition",
                            "/result/steps/*/offset",
                            "/asked",
                            "/asked/window",
                            "/asked/from",
                            "/asked/to",
                            "/asked/taxonomy",
                            "/asked/maxAgreement",
                            "/asked/notes",
                            "/asked/runs",
                            "/asked/language",
                            "/asked/seed",
                            "/reason",
                            "/result",
                            "/result/agreement",
                            "/result/categories/*/stability",
                            "/result/categories/*/agreement",
                            "/result/taxonomy/title",
                            "/result/taxonomy/basedOn",
                            "/result/taxonomy/activation",
                            "/result/taxonomy/categories/*/parent",
                            "/result/taxonomy/categories/*/notThis",
                            "/result/taxonomy/categories/*/remedy",
                            "/result/taxonomy/categories/*/colour")),
            entry("alert.v1", Set.of("/category", "/taxonomy", "/suggestion", "/suggestion/discovery/maxAgreement")),
            entry(
                    "reclassification-request.v1",
                    Set.of(
                            "/selection",
                            "/selection/since",
                            "/selection/until",
                            "/selection/window",
                            "/estimate",
                            "/estimate/seconds",
                            "/estimate/money",
                            "/estimate/basis/rate")),
            entry(
                    "reclassification.v1",
                    Set.of(
                            "/selection/since",
                            "/selection/until",
                            "/selection/window",
                            "/estimate",
                            "/estimate/seconds",
                            "/estimate/money",
                            "/estimate/basis/rate",
                            "/startedAt",
                            "/endedAt",
                            "/moved/*/from",
                            "/moved/*/to",
                            "/place/cursor")),
            entry(
                    "classifier-status.v1",
                    Set.of(
                            "/outage",
                            "/endpoints/*/reason",
                            "/endpoints/*/callTokensPerSecond",
                            "/batch",
                            "/discovery",
                            "/discovery/running",
                            "/reclassification",
                            "/reclassification/job")));

    static List<Example> examples() {
        return SchemaFiles.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldBeRefusedWithoutARequiredField(Example example) {
        // given
        Set<String> optional = OPTIONAL.get(
                (example.schema() + " " + example.json().path("type").asText("")).strip());
        for (JsonPointer at : Trees.pointers(example.json())) {
            String path = at.toString().replaceAll("/\\d+(?=/|$)", "/*");
            if (path.endsWith("*") || Trees.MAPS.stream().anyMatch(map -> path.contains("/" + map + "/"))) {
                continue;
            }

            // when
            List<String> faults = SchemaFiles.faults(example.schema(), Trees.removed(example.json(), at));

            // then
            assertThat(faults.isEmpty()).as("valid without %s", path).isEqualTo(optional.contains(path));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "note.v1                | {'text': ' \\n '}",
                "note.v1                | ' '",
                "note.v1                | ['a text']",
                "note.v1                | {'text': 'a', 'observedAt': 'yesterday'}",
                "note.v1                | {'text': 'a', 'observedAt': 1791800000}",
                "note.v1                | {'text': 'a', 'labels': {'tenant': 3}}",
                "note.v1                | {'text': 'a', 'contexts': [{'rank': 1.5}]}",
                "note.v1                | {'text': 'a', 'redacted': {'email': 'two'}}",
                "audit-event.v1         | {'type': 'forgotten', 'version': 1}",
                "audit-event.v1         | {}",
                "exchange.v1            | 'x'",
                "taxonomy.v1            | {'id': 'Rag Failures', 'version': 1, 'categories': []}",
                "taxonomy.v1            | {'id': 'a', 'version': 1, 'categories': [{}, {}], 'activation': {'by': 'me'}}",
                "category-statistics.v1 | null",
                "intake-request.v1      | {'version': 1, 'fingerprint': 'abc', 'at': '2026-11-22T10:00:00Z'}",
                "dead-letter-headers.v1 | {'reason': 'not-json', 'cause': '', 'file': 'notes.csv', 'line': '3rd'}",
                "dead-letter-headers.v1 | {'reason': 'not-json', 'cause': '', 'topic': 'rationale.notes', 'line': '3'}",
                "intake-request.v1      | {'version': 1, 'fingerprint': 'abc', 'at': '2026-11-22T10:00:00Z'}",
                "alert.v1               | {'version': 1, 'state': 'perhaps'}",
                "classifier-status.v1   | {'version': 1, 'instance': 'a', 'endpoints': [{'url': 'http://r1'}]}",
                "dead-letter.v1         | {'key':'k', 'reason':'r', 'cause':'c', 'origin':{'file':'f'}, 'base64':''}",
            })
    void shouldBeRefused(String schema, String json) {
        // given
        JsonNode wrong = Json.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));

        // when
        List<String> faults = SchemaFiles.faults(schema, wrong);

        // then
        assertThat(faults).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/version                            | 2",
                "/note/observedAt                    | \"2026-13-01T00:00:00Z\"",
                "/position/offset                    | -1",
                "/position/resentBy                  | 1",
                "/verdict/agreement                  | 1.25",
                "/verdict/agreement                  | \"NaN\"",
                "/verdict/confidence                 | \"HIGH\"",
                "/verdict/reasoning/exchange/sha256  | \"00FF\"",
                "/verdict/secondary                  | null",
            })
    void shouldBeRefusedWithAWrongValue(String pointer, String value) {
        // given
        JsonNode event = SchemaFiles.examples("audit-event.v1").stream()
                .filter(example -> example.toString().contains("classified-full"))
                .findFirst()
                .orElseThrow()
                .json();
        JsonNode wrong = Json.tree(value.getBytes(StandardCharsets.UTF_8));

        // when
        JsonNode replaced = Trees.replaced(event, JsonPointer.compile(pointer), wrong);

        // then
        assertThat(SchemaFiles.faults("audit-event.v1", replaced)).isNotEmpty();
    }
}
