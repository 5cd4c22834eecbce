package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * What {@code --out} wrote.
 *
 * @param folder of the option
 */
record Reported(Path folder) {
    /** Failsafe runs in the module's folder. */
    private static final Path SCHEMAS = Path.of("..", "..", "schemas");

    /** A file's text. */
    String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode statistics() {
        return Json.tree(text("statistics.json").getBytes(StandardCharsets.UTF_8));
    }

    /** The events of {@code audit.jsonl}, in its order. */
    List<JsonNode> audit() {
        return lines("audit.jsonl");
    }

    List<JsonNode> deadLetters() {
        return lines("dead-letters.jsonl");
    }

    /** Every note of the audit by its text; equal notes count. */
    List<String> auditedTexts() {
        return audit().stream()
                .map(event -> event.path("note").path("text").textValue())
                .toList();
    }

    /** Holds every line against the schema, every quote against its note, and the table against a recount. */
    void assertConsistent() {
        List<JsonNode> audit = audit();
        assertThat(audit)
                .allSatisfy(event -> assertThat(faults("audit-event.v1", event)).isEmpty());
        assertThat(deadLetters()).allSatisfy(letter -> assertThat(faults("dead-letter.v1", letter))
                .isEmpty());
        audit.forEach(Reported::assertQuotesStandThere);
        assertThat(audit.stream().map(event -> event.path("eventId").textValue()))
                .doesNotHaveDuplicates();
        assertRecount(audit);
        assertThat(text("report.html").toLowerCase(Locale.ROOT)).doesNotContain("<script", "<img");
    }

    /** The category of each note, by the note's id. */
    Map<String, String> categories() {
        return audit().stream()
                .collect(Collectors.toMap(
                        event -> event.path("note").path("id").textValue(),
                        event -> event.path("verdict").path("category").textValue()));
    }

    private void assertRecount(List<JsonNode> audit) {
        Map<String, Long> recount = audit.stream()
                .filter(event -> event.path("type").textValue().equals("classified"))
                .collect(counted(event -> event.path("verdict").path("category").textValue()));
        long decided = recount.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Long> counts = new TreeMap<>();
        JsonNode statistics = statistics();
        for (JsonNode row : statistics.path("rows")) {
            long count = row.path("count").longValue();
            counts.put(row.path("category").textValue(), count);
            assertThat(row.path("share").doubleValue()).isEqualTo((double) count / decided);
        }
        assertThat(counts).isEqualTo(recount);
        assertThat(statistics.path("decided").longValue()).isEqualTo(decided);
        assertThat(statistics.path("undecided").longValue()).isEqualTo(audit.size() - decided);
    }

    private static void assertQuotesStandThere(JsonNode event) {
        for (JsonNode evidence : event.path("verdict").path("evidence")) {
            String whole = field(event.path("note"), evidence.path("field").textValue());
            int start = whole.offsetByCodePoints(0, evidence.path("start").intValue());
            int end = whole.offsetByCodePoints(0, evidence.path("end").intValue());
            assertThat(whole.substring(start, end))
                    .isEqualTo(evidence.path("quote").textValue());
        }
    }

    private static String field(JsonNode note, String name) {
        return name.startsWith("contexts[")
                ? note.path("contexts")
                        .path(Integer.parseInt(name.replaceAll("\\D", "")))
                        .path("text")
                        .textValue()
                : note.path(name).textValue();
    }

    private static Collector<JsonNode, ?, Map<String, Long>> counted(Function<JsonNode, String> key) {
        return Collectors.groupingBy(key, TreeMap::new, Collectors.counting());
    }

    private List<JsonNode> lines(String file) {
        try {
            return Files.readAllLines(folder.resolve(file)).stream()
                    .map(line -> Json.tree(line.getBytes(StandardCharsets.UTF_8)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> faults(String schema, JsonNode value) {
        return Schemas.of(schema).validate(value).stream().map(Error::toString).toList();
    }

    /** The project's schemas; formats are asserted. */
    private static final class Schemas {
        private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .formatAssertionsEnabled(true)
                        .build()));
        private static final Map<String, Schema> READ = new ConcurrentHashMap<>();

        static Schema of(String name) {
            return READ.computeIfAbsent(name, Schemas::read);
        }

        private static Schema read(String name) {
            try {
                return REGISTRY.getSchema(Files.readString(SCHEMAS.resolve(name + ".schema.json")), InputFormat.JSON);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
