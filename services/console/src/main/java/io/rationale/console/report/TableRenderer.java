package io.rationale.console.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.rationale.core.json.Json;
import io.rationale.core.statistics.CategoryTable;
import java.io.UncheckedIOException;

/** Writes tables of categories. The same table gives the same characters. */
public final class TableRenderer {
    private TableRenderer() {}

    /**
     * The table, ending with a line break.
     *
     * @param width columns of the terminal, for {@link TableFormat#TEXT}; others ignore it
     */
    public static String render(CategoryTable table, TableFormat format, int width) {
        return switch (format) {
            case TEXT -> TextTable.render(table, width);
            case MARKDOWN -> MarkdownTable.render(table);
            case HTML -> HtmlTable.page(table);
            case CSV -> CsvTable.render(table);
            case JSON -> json(table);
        };
    }

    private static String json(CategoryTable table) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return Json.mapper().writer(printer).writeValueAsString(table) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
