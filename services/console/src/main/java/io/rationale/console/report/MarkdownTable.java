package io.rationale.console.report;

import io.rationale.core.statistics.CategoryTable;
import io.rationale.core.statistics.CategoryTable.Example;
import io.rationale.core.statistics.CategoryTable.Row;
import java.util.stream.Collectors;

/** The table in GitHub Flavored Markdown. */
final class MarkdownTable {
    private MarkdownTable() {}

    static String render(CategoryTable table) {
        StringBuilder out = new StringBuilder();
        out.append("# ").append(MarkdownText.line(Phrases.title(table))).append("\n\n");
        if (table.simulated()) {
            out.append("**").append(MarkdownText.line(Phrases.SIMULATED)).append("**\n\n");
        }
        out.append(MarkdownText.line(Phrases.scope(table))).append("\n\n");
        out.append("| Category | Notes | Share (95 % interval) | Examples |\n");
        out.append("|---|--:|--:|---|\n");
        table.rows().forEach(row -> out.append(line(row)));
        out.append('\n');
        Phrases.totals(table)
                .forEach(sentence ->
                        out.append("- ").append(MarkdownText.line(sentence)).append('\n'));
        return out.toString();
    }

    private static String line(Row row) {
        String examples = row.examples().stream()
                .map(Example::quote)
                .map(quote -> "“" + MarkdownText.line(quote) + "”")
                .collect(Collectors.joining(" · "));
        return "| " + MarkdownText.line(row.name()) + " | " + Phrases.number(row.count()) + " | " + Phrases.share(row)
                + " | " + examples + " |\n";
    }
}
