package io.rationale.console.export;

import static io.rationale.console.Events.MODEL;
import static io.rationale.console.Events.TEN;
import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.V2;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.evidence;
import static io.rationale.console.Events.note;
import static io.rationale.console.Events.reviewed;
import static io.rationale.console.Events.unclassifiable;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.console.notes.AuditRecord;
import io.rationale.console.search.IndexHarness;
import io.rationale.console.search.IndexedNote;
import io.rationale.console.search.Position;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictRowsTest {
    private static final String FORMULA = "=HYPERLINK(\"http://x\")\n👍, \"quoted\"";

    @TempDir
    Path directory;

    private List<VerdictRow> rows(TaxonomyRef taxonomy, AuditEvent... events) throws IOException {
        try (IndexHarness notes = new IndexHarness(directory.resolve("index"))) {
            notes.decided(events);
            List<VerdictRow> rows = new ArrayList<>();
            for (int i = 0; i < events.length; i++) {
                IndexedNote note = notes.note(events[i].noteId());
                if (note.shownAt(taxonomy).filter(new Position(0, i)::equals).isPresent()) {
                    AuditRecord record = new AuditRecord(0, i, Bytes.empty(), events[i]);
                    note.label(taxonomy).ifPresent(label -> rows.add(VerdictRow.of(note, label, record)));
                }
            }
            return rows;
        }
    }

    private static byte[] file(ExportFormat format, List<VerdictRow> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Rows file = format.open(out)) {
            for (VerdictRow row : rows) {
                file.write(row);
            }
        }
        return out.toByteArray();
    }

    private List<VerdictRow> three() throws IOException {
        Note hostile = note("=1+1", "@clinic", TEN.plusNanos(123_456_000), FORMULA);
        return rows(
                V1,
                classified(hostile, V1, "other", 0.75, MODEL, evidence(hostile, "👍")),
                unclassifiable(note("b"), V1),
                classified(note("c"), V2, "no-error"),
                reviewed("c", V1, "other"));
    }

    @Test
    void shouldTellWhatCountsAndWhatR1Said() throws IOException {
        List<VerdictRow> rows = three();

        assertThat(rows).extracting(VerdictRow::category).containsExactly("other", null, "other");
        assertThat(rows).extracting(VerdictRow::verdict).containsExactly("other", null, "no-error");
        assertThat(rows)
                .extracting(VerdictRow::verdictTaxonomy)
                .containsExactly("rag-failures@1", null, "rag-failures@2");
        assertThat(rows).extracting(VerdictRow::reviewer).containsExactly(null, null, "ada");
        assertThat(rows.get(1).failure()).isEqualTo("no-answer: R1 gave no acceptable answer.");
    }

    @Test
    void shouldWriteJsonExactly() throws IOException {
        List<VerdictRow> rows = three();

        String[] lines = new String(file(ExportFormat.NDJSON, rows), StandardCharsets.UTF_8).split("\n");

        assertThat(lines).hasSize(3);
        JsonNode first = Json.tree(lines[0].getBytes(StandardCharsets.UTF_8));
        assertThat(first.path("text").asText()).isEqualTo(FORMULA);
        assertThat(first.path("observedAt").asText()).isEqualTo("2026-10-01T10:00:30.123456Z");
        assertThat(first.path("votes").path("other").asInt()).isOne();
        assertThat(Json.tree(lines[1].getBytes(StandardCharsets.UTF_8)).has("category"))
                .isTrue();
        assertThat(Json.read(lines[2].getBytes(StandardCharsets.UTF_8), VerdictRow.class))
                .isEqualTo(rows.get(2));
    }

    @Test
    void shouldWriteSpreadsheetsWithoutFormulas() throws IOException {
        String csv = new String(file(ExportFormat.CSV, three()), StandardCharsets.UTF_8);

        List<CSVRecord> records = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(csv))
                .getRecords();
        CSVRecord first = records.getFirst();
        assertThat(first.get("noteId")).isEqualTo("'=1+1");
        assertThat(first.get("source")).isEqualTo("'@clinic");
        assertThat(first.get("text")).isEqualTo("'" + FORMULA);
        assertThat(first.get("agreement")).isEqualTo("0.75");
        assertThat(first.get("quotes")).isEqualTo("[\"👍\"]");
        assertThat(records.get(1).get("category")).isEmpty();
        assertThat(first.get("auditOffset")).isEqualTo("0");
    }

    @Test
    void shouldWriteParquetThatOthersRead() throws Exception {
        Path file = directory.resolve("verdicts.parquet");
        Files.write(file, file(ExportFormat.PARQUET, three()));

        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet read = duck.createStatement()
                        .executeQuery(
                                "select noteId, text, category, agreement, quotes[1] as quote, votes['other'] as votes,"
                                        + " epoch_us(observedAt) as at, failedChecks, auditOffset from '" + file
                                        + "' order by auditOffset")) {
            assertThat(read.next()).isTrue();
            assertThat(read.getString("noteId")).isEqualTo("=1+1");
            assertThat(read.getString("text")).isEqualTo(FORMULA);
            assertThat(read.getDouble("agreement")).isEqualTo(0.75);
            assertThat(read.getString("quote")).isEqualTo("👍");
            assertThat(read.getLong("at")).isEqualTo(TEN.getEpochSecond() * 1_000_000 + 123_456);
            assertThat(read.next()).isTrue();
            assertThat(read.getString("category")).isNull();
            assertThat(read.next()).isTrue();
            assertThat(read.getLong("auditOffset")).isEqualTo(2);
            assertThat(read.next()).isFalse();
        }
    }

    @Test
    void shouldWriteEveryFieldAsAColumn() throws Exception {
        Path file = directory.resolve("columns.parquet");
        Files.write(file, file(ExportFormat.PARQUET, three()));
        List<String> columns = new ArrayList<>();

        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet read = duck.createStatement().executeQuery("describe select * from '" + file + "'")) {
            while (read.next()) {
                columns.add(read.getString(1));
            }
        }

        assertThat(columns)
                .containsExactlyElementsOf(Arrays.stream(VerdictRow.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }

    @Test
    void shouldWriteNoRowsAndTimesThatNoClockShows() throws IOException {
        List<VerdictRow> rows = rows(V1, classified(note("old", "clinic", Instant.MIN, "Old."), V1, "other"));

        for (ExportFormat format : ExportFormat.values()) {
            assertThat(file(format, List.of())).as(format.code()).isNotNull();
            assertThat(file(format, rows)).as(format.code()).isNotEmpty();
        }
    }
}
