package io.rationale.console.report;

import io.rationale.core.statistics.CategoryTable;
import io.rationale.core.statistics.CategoryTable.Example;
import io.rationale.core.statistics.CategoryTable.Row;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table in GitHub Flavored Markdown. */
final class MarkdownTable {
    /** What could begin emphasis, code, a link, a table cell, an escape, strikethrough, mathematics, a mention. */
    private static final Pattern ACTIVE = Pattern.compile("[\\\\`*_\\[\\]|~$@#]");
    /** GFM makes links of bare addresses; an escaped character keeps it from doing so. */
    private static final Pattern SCHEME = Pattern.compile(":(?=//)");

    private static final Pattern WWW = Pattern.compile("(?i)(www)\\.");
    /** At the start of a line these would begin a list, a heading's rule or a quotation. */
    private static final Pattern BULLET = Pattern.compile("^[-+=]");

    private static final Pattern ORDINAL = Pattern.compile("^(\\d+)([.)])");

    private MarkdownTable() {}

    static String render(CategoryTable table) {
        StringBuilder out = new StringBuilder();
        out.append("# ").append(escape(Phrases.title(table))).append("\n\n");
        if (table.simulated()) {
            out.append("**").append(escape(Phrases.SIMULATED)).append("**\n\n");
        }
        out.append(escape(Phrases.scope(table))).append("\n\n");
        out.append("| Category | Notes | Share (95 % interval) | Examples |\n");
        out.append("|---|--:|--:|---|\n");
        table.rows().forEach(row -> out.append(line(row)));
        out.append('\n');
        Phrases.totals(table)
                .forEach(sentence -> out.append("- ").append(escape(sentence)).append('\n'));
        return out.toString();
    }

    private static String line(Row row) {
        String examples = row.examples().stream()
                .map(Example::quote)
                .map(quote -> "“" + escape(quote) + "”")
                .collect(Collectors.joining(" · "));
        return "| " + escape(row.name()) + " | " + Phrases.number(row.count()) + " | " + Phrases.share(row) + " | "
                + examples + " |\n";
    }

    /** Untrusted text as one line that means nothing but its characters, in a cell as well as in a paragraph. */
    static String escape(String untrusted) {
        String line = PlainText.line(untrusted)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
        line = ACTIVE.matcher(line).replaceAll("\\\\$0");
        line = SCHEME.matcher(line).replaceAll("\\\\:");
        line = WWW.matcher(line).replaceAll("$1\\\\.");
        line = BULLET.matcher(line).replaceFirst("\\\\$0");
        return ORDINAL.matcher(line).replaceFirst("$1\\\\$2");
    }
}
