package io.rationale.console.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.console.report.SpreadsheetText;
import io.rationale.core.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * RFC 4180 with the fields of {@link VerdictRow} as heading; lists and votes as JSON. Text that a spreadsheet would take
 * for a formula is led by an apostrophe, numbers are not.
 */
final class CsvRows implements Rows {
    private static final List<String> FIELDS = Arrays.stream(VerdictRow.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList();

    private final CSVPrinter printer;

    CsvRows(OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        printer = new CSVPrinter(writer, CSVFormat.RFC4180);
        printer.printRecord(FIELDS);
    }

    @Override
    public void write(VerdictRow row) throws IOException {
        JsonNode cells = Json.mapper().valueToTree(row);
        printer.printRecord(
                FIELDS.stream().map(field -> cell(cells.path(field))).toList());
    }

    private static String cell(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        if (value.isNumber() || value.isBoolean()) {
            return value.asText();
        }
        return SpreadsheetText.safe(value.isTextual() ? value.textValue() : value.toString());
    }

    @Override
    public void close() throws IOException {
        printer.flush();
    }
}
