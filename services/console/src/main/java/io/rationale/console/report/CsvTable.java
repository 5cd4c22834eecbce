package io.rationale.console.report;

import io.rationale.core.statistics.CategoryTable;
import io.rationale.core.statistics.CategoryTable.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The table in RFC 4180, for spreadsheets: text that a spreadsheet would take for a formula is led by an apostrophe. */
final class CsvTable {
    private static final int EXAMPLES = 3;

    private CsvTable() {}

    static String render(CategoryTable table) {
        StringBuilder out = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180)) {
            printer.printRecord(heading());
            for (Row row : table.rows()) {
                printer.printRecord(cells(row));
            }
            return out.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> heading() {
        List<String> heading =
                new ArrayList<>(List.of("category", "name", "parent", "count", "share", "low", "high", "agreement"));
        IntStream.rangeClosed(1, EXAMPLES).forEach(i -> heading.add("example" + i));
        return heading;
    }

    private static List<String> cells(Row row) {
        List<String> cells = new ArrayList<>(List.of(
                SpreadsheetText.safe(row.category()),
                SpreadsheetText.safe(row.name()),
                SpreadsheetText.safe(row.parent() == null ? "" : row.parent()),
                String.valueOf(row.count()),
                number(row.share()),
                number(row.interval().low()),
                number(row.interval().high()),
                number(row.agreement())));
        for (int i = 0; i < EXAMPLES; i++) {
            cells.add(
                    i < row.examples().size()
                            ? SpreadsheetText.safe(row.examples().get(i).quote())
                            : "");
        }
        return cells;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
