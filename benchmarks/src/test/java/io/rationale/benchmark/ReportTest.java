package io.rationale.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private final Report report = new Report("some", Map.of("batch", 8));

    @BeforeEach
    void fill() {
        report.add(row("subject", "classifier", "ms", 1.234));
        report.add(row("subject", "plain loop", "calls", 5));
    }

    @Test
    void shouldPrintTableWithTheColumnsOfAllRows() {
        // given
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        // when
        report.print(new PrintStream(out, true, StandardCharsets.UTF_8));

        // then
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "| subject | ms | calls |",
                        "| --- | ---: | ---: |",
                        "| classifier | 1.23 |  |",
                        "| plain loop |  | 5 |");
    }

    @Test
    void shouldWriteRowsOptionsAndMachine(@TempDir Path folder) throws IOException {
        // when
        Path file = report.write(folder.resolve("results"));

        // then
        JsonNode written = Json.tree(Files.readAllBytes(file));
        assertThat(file.getFileName()).hasToString("some.json");
        assertThat(written.path("scenario").textValue()).isEqualTo("some");
        assertThat(written.path("options").path("batch").intValue()).isEqualTo(8);
        assertThat(written.path("machine").path("processors").intValue()).isPositive();
        assertThat(written.path("rows").path(0).path("ms").doubleValue()).isEqualTo(1.234);
    }

    private static SequencedMap<String, Object> row(String name, Object value, String otherName, Object otherValue) {
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put(name, value);
        row.put(otherName, otherValue);
        return row;
    }
}
